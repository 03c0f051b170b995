// The billing details that methods besides cards need of a payer: name, e-mail, address.

import { EMAIL } from '../shared/email.js';
import { createField } from '../shared/field.js';
import { guessCountry, isCountry, offerCountries } from '../shared/countries.js';
import { createSelect } from '../shared/select.js';
import { askedBy, wantsName } from './asked.js';
import { FULL_NAME, textOf } from './kinds.js';

const ADDRESS = ['line1', 'city', 'state', 'postal_code', 'country'];

/** By the name of the detail: the input's name and autocomplete, the label, and what it takes. */
const DETAILS = {
  name: ['name', 'name', 'fullName', textOf('incomplete_name')],
  full_name: ['name', 'name', 'fullName', FULL_NAME],
  email: ['email', 'email', 'email', EMAIL],
  line1: ['addressLine1', 'billing address-line1', 'addressLine1', textOf('incomplete_address')],
  city: ['locality', 'billing address-level2', 'city', textOf('incomplete_address')],
  state: ['administrativeArea', 'billing address-level1', 'state', textOf('incomplete_address')],
  postal_code: ['postalCode', 'billing postal-code', 'postalCode', textOf('incomplete_zip')],
};

/** `needs` are names of details; `address` stands for its lines. Answers `{nodes, fields, configure, details}`. */
export function createBilling({ type, needs, onInput }) {
  const names = needs.flatMap((name) => (name === 'address' ? ADDRESS : [name]));
  if (!names.some((name) => name.endsWith('name'))) names.unshift('name');
  const country = createSelect({
    id: 'payment-countryInput', name: 'country', label: 'country', autocomplete: 'billing country', onChange: onCountry,
  });
  let countryChosen = false;
  const parts = names.map((name) => (name === 'country' ? { name, node: country.node } : createPart(name)));
  const fields = parts.map(({ field }) => field).filter(Boolean);

  function createPart(name) {
    const [input, autocomplete, label, kind] = DETAILS[name];
    const latin = ['email', 'postal_code'].includes(name);
    const inputMode = name === 'email' ? 'email' : undefined;
    const field = createField({ id: `payment-${input}Input`, name: input, label, autocomplete, inputMode, kind, latin, onInput });
    if (!['city', 'postal_code', 'state'].includes(name)) field.node.classList.add('p-Field--wide');
    return { name, field, node: field.node };
  }

  function onCountry() {
    countryChosen = true;
    onInput();
  }

  /** The detail's name in the API. */
  const plain = (name) => (name === 'full_name' ? 'name' : name);

  return {
    nodes: parts.map(({ node }) => node),
    fields,

    configure({ options }) {
      const asks = askedBy(options.fields, type);
      const known = options.defaultValues?.billingDetails ?? {};
      const offered = isCountry(known.address?.country) ? known.address.country : guessCountry(navigator.language);
      offerCountries(country, countryChosen ? country.select.value : offered);
      country.select.disabled = options.readOnly === true;
      for (const { name, field, node } of parts) {
        const isNeeded = needs.length > 0 && (needs.includes(name) || (needs.includes('address') && ADDRESS.includes(name)));
        node.hidden = !(isNeeded ? asks(plain(name)) : wantsName(options.fields, type));
        const value = known[plain(name)] ?? known.address?.[name];
        if (field?.empty && value) field.value = value;
      }
    },

    /** Only what the shopper was asked for. */
    details() {
      const details = {};
      for (const { name, field, node } of parts) {
        if (node.hidden) continue;
        const value = field ? field.value.trim() : country.select.value;
        if (ADDRESS.includes(name)) details.address = { ...details.address, [name]: value };
        else details[plain(name)] = value;
      }
      return details;
    },
  };
}
