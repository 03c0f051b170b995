// How addresses are written, by country: which lines there are, in which order, what they are called, and the states to
// choose from. Pure. Labels are keys of texts.

import { postalCodeOf } from './countries.js';

/** The order of city, state and postal code; a country that is not here is `c p` without states. */
const ORDERS = {
  'c s p': ['AU', 'BR', 'CA', 'KR', 'US'],
  'c p s': ['IN', 'VN'],
  'p c s': ['AR', 'ES', 'IT', 'MX', 'MY', 'TR'],
  'p s c': ['CN', 'JP'],
  'c s': ['AE', 'HK', 'IE'],
  'p c': [
    'AT', 'BE', 'BG', 'CH', 'CZ', 'DE', 'DK', 'EE', 'FI', 'FR', 'GR', 'HR', 'HU', 'IL', 'IS', 'LI', 'LT', 'LU', 'LV', 'MC',
    'NL', 'NO', 'PL', 'PT', 'RO', 'RS', 'SE', 'SI', 'SK', 'SM', 'VA',
  ],
  p: ['SG'],
  c: [
    'AG', 'AO', 'AW', 'BF', 'BI', 'BJ', 'BO', 'BS', 'BW', 'BZ', 'CD', 'CF', 'CG', 'CI', 'CM', 'CW', 'DJ', 'DM', 'ER', 'FJ',
    'GA', 'GD', 'GH', 'GM', 'GQ', 'GY', 'JM', 'KI', 'KM', 'LY', 'ML', 'MO', 'MR', 'MW', 'NR', 'PA', 'QA', 'RW', 'SB', 'SC',
    'SL', 'SR', 'SS', 'ST', 'SY', 'TD', 'TG', 'TK', 'TL', 'TO', 'TV', 'UG', 'VU', 'WS', 'YE', 'ZW',
  ],
};

const STATE_LABELS = {
  AE: 'emirate', AU: 'state', BR: 'state', CA: 'province', CN: 'province', ES: 'province', HK: 'area', IE: 'county',
  IN: 'state', IT: 'province', JP: 'prefecture', KR: 'province', MX: 'state', MY: 'state', TR: 'province', US: 'state',
};

const CITY_LABELS = { AU: 'suburb', GB: 'townOrCity', HK: 'district', IE: 'townOrCity' };

/** Lines that may stay empty although the country has them. */
const OPTIONAL = { HK: 'c', IE: 's' };

const STATES = {
  AU:
    'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|' +
    'TAS Tasmania|VIC Victoria|WA Western Australia',
  BR:
    'AC Acre|AL Alagoas|AP Amapá|AM Amazonas|BA Bahia|CE Ceará|DF Distrito Federal|ES Espírito Santo|GO Goiás|' +
    'MA Maranhão|MT Mato Grosso|MS Mato Grosso do Sul|MG Minas Gerais|PA Pará|PB Paraíba|PR Paraná|PE Pernambuco|' +
    'PI Piauí|RJ Rio de Janeiro|RN Rio Grande do Norte|RS Rio Grande do Sul|RO Rondônia|RR Roraima|SC Santa Catarina|' +
    'SP São Paulo|SE Sergipe|TO Tocantins',
  CA:
    'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NT Northwest Territories|' +
    'NS Nova Scotia|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon',
  US:
    'AL Alabama|AK Alaska|AS American Samoa|AZ Arizona|AR Arkansas|AA Armed Forces (AA)|AE Armed Forces (AE)|' +
    'AP Armed Forces (AP)|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|' +
    'GA Georgia|GU Guam|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|' +
    'MH Marshall Islands|MD Maryland|MA Massachusetts|MI Michigan|FM Micronesia|MN Minnesota|MS Mississippi|MO Missouri|' +
    'MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|' +
    'ND North Dakota|MP Northern Mariana Islands|OH Ohio|OK Oklahoma|OR Oregon|PW Palau|PA Pennsylvania|PR Puerto Rico|' +
    'RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VI Virgin Islands|' +
    'VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming',
};

/**
 * `{order, city, state, states, postalCode, isOptional(letter)}`: `order` lists `c`, `s` and `p`; `city` and `state` are
 * labels; `states` is `[{value, name}]` where there are some to choose from; `postalCode` is
 * `{label, placeholder, pattern}`.
 */
export function addressFormat(country) {
  const [order] = Object.entries(ORDERS).find(([, countries]) => countries.includes(country)) ?? ['c p'];
  return {
    order: order.split(' '),
    city: CITY_LABELS[country] ?? 'city',
    state: STATE_LABELS[country] ?? 'state',
    states: STATES[country]?.split('|').map((state) => {
      const [, value, name] = /^(\S+) (.+)$/.exec(state);
      return { value, name };
    }),
    postalCode: postalCodeOf(country) ?? { label: 'postalCode', placeholder: '', pattern: /\S/, inputMode: 'text' },
    isOptional: (letter) => OPTIONAL[country] === letter,
  };
}
