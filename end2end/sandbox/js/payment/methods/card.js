// Cards in the Payment Element: number, date, code, and what of the billing address their banks check.

import { drawing, h } from '../../shared/dom.js';
import { createField } from '../../shared/field.js';
import { EXPIRY, NUMBER, advance, brandOfField, cvcOf, postalCodeIn } from '../../shared/card-kinds.js';
import { parseExpiry } from '../../shared/card-checks.js';
import { guessCountry, isCountry, offerCountries, postalCodeOf } from '../../shared/countries.js';
import { CVC_ICON, brandIcons } from '../../shared/icons.js';
import { createSelect } from '../../shared/select.js';
import { text } from '../../shared/texts.js';
import { askedBy, wantsName } from '../asked.js';
import { createForm } from '../form.js';
import { textOf } from '../kinds.js';

/** Which field an error of the API is about; anything else is shown at the card number. */
export const FIELD_OF_CODE = {
  expired_card: 'expiry', invalid_expiry_month: 'expiry', invalid_expiry_year: 'expiry',
  incorrect_cvc: 'cvc', invalid_cvc: 'cvc',
  incorrect_zip: 'postalCode',
};

export function createCard({ onChange, onCard }) {
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
    latin: true, kind: postalCodeIn(() => country.select.value), onInput,
  });
  const name = createField({
    id: 'payment-nameInput', name: 'name', label: 'fullName', autocomplete: 'cc-name', kind: textOf('incomplete_name'), onInput,
  });
  const fields = { name, number, expiry, cvc, postalCode };
  const all = Object.values(fields);
  name.node.classList.add('p-Field--wide');
  number.node.classList.add('p-Field--wide');
  country.node.id = 'payment-country';
  const node = h(
    'form',
    { class: 'p-CardForm', label: 'cardDetails', novalidate: true },
    name.node, number.node, expiry.node, cvc.node, country.node, postalCode.node,
  );

  let asks = () => true;
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
    onCard(number.value, brandOfField(number));
    if (!cvc.empty) cvc.value = cvc.input.value;
  }

  function showCountry() {
    const shape = postalCodeOf(country.select.value);
    country.node.hidden = !asks('country');
    postalCode.node.hidden = !asks('postal_code') || !shape;
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
  function fill({ address = {}, name: known } = {}) {
    if (known && name.empty) name.value = known;
    showCountry();
    if (address.postal_code && postalCode.empty) postalCode.value = address.postal_code;
  }

  return createForm({
    type: 'card',
    node,
    fields: all,
    onChange,
    fieldOf: ({ code }) => fields[FIELD_OF_CODE[code] ?? 'number'],
    own: {
      configure({ options }) {
        const { fields: rules, readOnly = false, defaultValues } = options;
        const known = defaultValues?.billingDetails?.address?.country;
        const offered = isCountry(known) ? known : guessCountry(navigator.language);
        offerCountries(country, countryChosen ? country.select.value : offered);
        asks = askedBy(rules, 'card');
        name.node.hidden = !wantsName(rules, 'card');
        country.select.disabled = readOnly;
        fill(defaultValues?.billingDetails);
      },

      /** Only what the shopper was asked for. */
      method() {
        const { month, year } = parseExpiry(expiry.value);
        const card = { number: number.value, exp_month: month, exp_year: year, cvc: cvc.value };
        const address = {};
        if (asks('country')) address.country = country.select.value;
        if (!postalCode.hidden) address.postal_code = postalCode.value.trim();
        const billing_details = { address, name: name.hidden ? undefined : name.value.trim() };
        return { data: { type: 'card', card, billing_details }, token: { card } };
      },

      clear() {
        all.forEach((one) => (one.value = ''));
        showBrand();
        onChange();
      },

      focus: () => (all.find((one) => one.problem && !one.hidden) ?? number).focus(),

      address: () => ({
        country: country.select.value,
        postalCode: (!postalCode.hidden && postalCode.value.trim()) || null,
      }),
    },
  });
}
