// The card form: its fields, what they depend on from one another, and whether the whole is complete.

import { brandOf, cutNumber, formatNumber } from './card.js';
import { guessCountry, listCountries, postalCodeOf } from './countries.js';
import { Field } from './field.js';
import { checkCvc, checkExpiry, checkNumber, checkPostalCode } from './validation.js';

const digitsOf = (text) => text.replace(/\D/g, '');
const element = (name) => document.getElementById(`payment-${name}Input`);

/** Which field an error of the API is about; anything else is shown at the card number. */
const FIELD_OF_CODE = {
  expired_card: 'expiry', invalid_expiry_month: 'expiry', invalid_expiry_year: 'expiry',
  incorrect_cvc: 'cvc', invalid_cvc: 'cvc',
  incorrect_zip: 'postalCode',
};

/** Calls `onChange` whenever something was typed or chosen. */
export function createForm({ onChange }) {
  const country = element('country');
  for (const { code, name } of listCountries()) country.append(new Option(name, code));
  country.value = guessCountry(navigator.language);

  const fields = {};
  const field = (name, kind) => {
    fields[name] = new Field({ input: element(name), kind, onInput });
  };
  field('number', { clean: (text) => cutNumber(digitsOf(text)), format: formatNumber, check: checkNumber });
  field('expiry', { clean: cleanExpiry, format: formatExpiry, check: (digits) => checkExpiry(digits, new Date()) });
  field('cvc', {
    clean: (text) => digitsOf(text).slice(0, brandOf(fields.number.value).cvcLength ?? 4),
    format: (digits) => digits,
    check: (digits) => checkCvc(digits, fields.number.value),
  });
  field('postalCode', {
    clean: cleanPostalCode,
    format: (text) => text,
    check: (text) => checkPostalCode(text.trim(), country.value),
  });
  const all = Object.values(fields);

  let asksCountry = true;
  let asksPostalCode = true;
  let countryChosen = false;

  function onInput(field) {
    all.forEach((one) => one.forgive());
    if (field === fields.number) showBrand();
    advance(field);
    onChange();
  }

  /** Typing the last digit of a number or a date leads on to the next field. */
  function advance(field) {
    if (field.problem || !field.typedToEnd) return;
    if (field === fields.expiry) fields.cvc.focus();
    if (field === fields.number && field.value.length === Math.max(...brandOf(field.value).lengths)) {
      fields.expiry.focus();
    }
  }

  function showBrand() {
    const brand = fields.number.empty ? 'none' : brandOf(fields.number.value).name;
    document.getElementById('payment-brands').dataset.brand = brand;
    if (!fields.cvc.empty) fields.cvc.value = element('cvc').value;
  }

  function cleanPostalCode(text) {
    const { longest, inputMode } = postalCodeOf(country.value) ?? { longest: 10 };
    const kept = inputMode === 'numeric' ? digitsOf(text) : text.toUpperCase().replace(/[^A-Z\d -]/g, '').trimStart();
    return kept.slice(0, longest);
  }

  function showCountry() {
    const shape = postalCodeOf(country.value);
    document.getElementById('payment-country').hidden = !asksCountry;
    document.getElementById('payment-postalCode').hidden = !asksPostalCode || !shape;
    if (!shape) return;
    const input = element('postalCode');
    document.querySelector('label[for="payment-postalCodeInput"]').textContent = shape.label;
    input.placeholder = shape.placeholder;
    input.inputMode = shape.inputMode;
  }

  country.addEventListener('change', () => {
    countryChosen = true;
    showCountry();
    fields.postalCode.value = '';
    onChange();
  });

  return {
    get empty() {
      return all.every((one) => one.hidden || one.empty);
    },

    get complete() {
      return all.every((one) => one.problem === null);
    },

    get card() {
      return { number: fields.number.value, expiry: fields.expiry.value, cvc: fields.cvc.value };
    },

    /** Only what the shopper was asked for. */
    get billing() {
      const address = {};
      if (asksCountry) address.country = country.value;
      if (!fields.postalCode.hidden) address.postal_code = fields.postalCode.value.trim();
      return { address };
    },

    /** Fills in what the page knows, where the shopper has said nothing yet. */
    fill(address = {}) {
      const known = [...country.options].some(({ value }) => value === address.country);
      if (known && !countryChosen) country.value = address.country;
      showCountry();
      if (address.postal_code && fields.postalCode.empty) fields.postalCode.value = address.postal_code;
    },

    /** `ask` says which parts of the address the page lets the form ask for. */
    configure({ ask, readOnly }) {
      asksCountry = ask.country;
      asksPostalCode = ask.postalCode;
      showCountry();
      all.forEach((one) => one.setReadOnly(readOnly));
      country.disabled = readOnly;
    },

    /** Shows every error, leads to the first and answers it; null when all is well. */
    validate() {
      all.forEach((one) => (one.forgive(), one.insist()));
      const first = all.find((one) => one.problem);
      if (!first) return null;
      first.focus();
      return first.problem;
    },

    refuse({ code, message }) {
      const named = fields[FIELD_OF_CODE[code] ?? 'number'];
      (named.hidden ? fields.number : named).refuse(message);
    },

    clear() {
      all.forEach((one) => (one.value = ''));
      showBrand();
      onChange();
    },

    focus: () => (all.find((one) => one.problem) ?? fields.number).focus(),
  };
}

/** Takes `1234`, `12 / 34`, `1/34`, a wallet's `12/2034`, and a month that can only be one digit: `5` is `05`. */
function cleanExpiry(text) {
  const filled = /^\s*(\d{1,2})\s*[/-]\s*20(\d\d)\s*$/.exec(text);
  if (filled) return filled[1].padStart(2, '0') + filled[2];
  const [, short] = /^\s*([1-9])\s*\//.exec(text) ?? [];
  const digits = short ? `0${digitsOf(text)}` : digitsOf(text);
  return (/^([2-9]|1[3-9])/.test(digits) ? `0${digits}` : digits).slice(0, 4);
}

function formatExpiry(digits, { deleting }) {
  if (digits.length > 2) return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
  return digits.length === 2 && !deleting ? `${digits} / ` : digits;
}
