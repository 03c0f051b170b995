// Cards in the Payment Element: number, date, code, and what of the billing address their banks check.

import { drawing, h } from '../../shared/dom.js';
import { createField } from '../../shared/field.js';
import { EXPIRY, NUMBER, advance, brandOfField, cvcOf, postalCodeIn } from '../../shared/card-kinds.js';
import { parseExpiry } from '../../shared/card-checks.js';
import { guessCountry, listCountries, postalCodeOf } from '../../shared/countries.js';
import { CVC_ICON, brandIcons } from '../../shared/icons.js';
import { createSelect } from '../../shared/select.js';
import { currentLocale, text } from '../../shared/texts.js';

/** Which field an error of the API is about; anything else is shown at the card number. */
const FIELD_OF_CODE = {
  expired_card: 'expiry', invalid_expiry_month: 'expiry', invalid_expiry_year: 'expiry',
  incorrect_cvc: 'cvc', invalid_cvc: 'cvc',
  incorrect_zip: 'postalCode',
};

export function createCard({ onChange }) {
  const brands = brandIcons();
  const country = createSelect({
    id: 'payment-countryInput', name: 'country', label: 'country', autocomplete: 'billing country', onChange: chooseCountry,
  });
  const number = createField({
    id: 'payment-numberInput', name: 'number', label: 'cardNumber', placeholder: 'cardNumberPlaceholder',
    autocomplete: 'cc-number', inputMode: 'numeric', classes: 'p-NumberInput', icon: brands.node,
    mark: h('span', { class: 'p-SandboxMark', text: 'sandbox' }), kind: NUMBER, onInput,
  });
  const expiry = createField({
    id: 'payment-expiryInput', name: 'expiry', label: 'expiry', hint: 'expiryHint', placeholder: 'expiryPlaceholder',
    autocomplete: 'cc-exp', inputMode: 'numeric', kind: EXPIRY, onInput,
  });
  const cvc = createField({
    id: 'payment-cvcInput', name: 'cvc', label: 'securityCode', placeholder: 'cvcPlaceholder', autocomplete: 'cc-csc',
    inputMode: 'numeric', classes: 'p-CvcInput', icon: drawing(CVC_ICON), kind: cvcOf(() => number.value), onInput,
  });
  const postalCode = createField({
    id: 'payment-postalCodeInput', name: 'postalCode', label: 'zipCode', autocomplete: 'billing postal-code',
    kind: postalCodeIn(() => country.select.value), onInput,
  });
  const fields = { number, expiry, cvc, postalCode };
  const all = Object.values(fields);
  number.node.classList.add('p-Field--wide');
  country.node.id = 'payment-country';
  const node = h(
    'form',
    { class: 'p-CardForm', label: 'cardDetails', novalidate: true },
    number.node, expiry.node, cvc.node, country.node, postalCode.node,
  );

  let asked = { country: true, postalCode: true };
  let countryChosen = false;

  function onInput(field, { left = false } = {}) {
    if (left) return;
    all.forEach((one) => one.forgive());
    if (field === number) showBrand();
    advance(field, fields);
    onChange();
  }

  function showBrand() {
    brands.show(number.empty ? 'none' : brandOfField(number));
    if (!cvc.empty) cvc.value = cvc.input.value;
  }

  function showCountry() {
    const shape = postalCodeOf(country.select.value);
    country.node.hidden = !asked.country;
    postalCode.node.hidden = !asked.postalCode || !shape;
    if (!shape) return;
    postalCode.caption.dataset.text = shape.label;
    postalCode.caption.textContent = text(shape.label);
    postalCode.input.placeholder = shape.placeholder;
    postalCode.input.inputMode = shape.inputMode;
  }

  function chooseCountry() {
    countryChosen = true;
    showCountry();
    postalCode.value = '';
    onChange();
  }

  /** Fills in what the page knows, where the shopper has said nothing yet. */
  function fill(address = {}) {
    const known = [...country.select.options].some(({ value }) => value === address.country);
    if (known && !countryChosen) country.select.value = address.country;
    showCountry();
    if (address.postal_code && postalCode.empty) postalCode.value = address.postal_code;
  }

  return {
    type: 'card',
    node,

    configure({ options }) {
      const { fields: fieldOptions, readOnly = false, defaultValues } = options;
      country.setOptions(listCountries(currentLocale()).map(({ code, name }) => ({ value: code, name })));
      if (!countryChosen) country.select.value = guessCountry(navigator.language);
      asked = askedAddress(fieldOptions?.billingDetails);
      all.forEach((one) => one.setReadOnly(readOnly));
      country.select.disabled = readOnly;
      fill(defaultValues?.billingDetails?.address);
    },

    /** After the texts have changed. */
    show: () => all.forEach((one) => one.show()),

    get empty() {
      return all.every((one) => one.hidden || one.empty);
    },

    get complete() {
      return all.every((one) => one.problem === null);
    },

    /** As shared/send.js takes it. Only what the shopper was asked for. */
    method() {
      const { month, year } = parseExpiry(expiry.value);
      const card = { number: number.value, exp_month: month, exp_year: year, cvc: cvc.value };
      const address = {};
      if (asked.country) address.country = country.select.value;
      if (!postalCode.hidden) address.postal_code = postalCode.value.trim();
      return { data: { type: 'card', card, billing_details: { address } }, token: { card } };
    },

    /** Shows every error, leads to the first and answers it; null when all is well. */
    validate() {
      all.forEach((one) => (one.forgive(), one.insist()));
      const first = all.find((one) => one.problem);
      first?.focus();
      return first?.problem ?? null;
    },

    refuse(error) {
      const named = fields[FIELD_OF_CODE[error.code] ?? 'number'];
      (named.hidden ? number : named).refuse(error);
    },

    clear() {
      all.forEach((one) => (one.value = ''));
      showBrand();
      onChange();
    },

    focus: () => (all.find((one) => one.problem) ?? number).focus(),
  };
}

/** `fields.billingDetails` is `never`, or has an `address` that is `never` or says so of single lines. */
function askedAddress(fields) {
  const address = fields === 'never' ? 'never' : fields?.address;
  return {
    country: address !== 'never' && address?.country !== 'never',
    postalCode: address !== 'never' && address?.postalCode !== 'never',
  };
}
