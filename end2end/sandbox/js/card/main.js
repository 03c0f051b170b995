// The frame of the Card Element: number, date, code and postal code in one line.

import { h } from '../shared/dom.js';
import { EXPIRY, NUMBER, advance, brandOfField, cvcOf } from '../shared/card-kinds.js';
import { parseExpiry } from '../shared/card-checks.js';
import { openFrame } from '../shared/frame.js';
import { brandIcons } from '../shared/icons.js';
import { applyStyle, createLineField, insist, showStates, shownError } from '../shared/line.js';

/** The card's country is not known here: five digits as in the United States, or letters and digits as elsewhere. */
const POSTAL_CODE = {
  clean: (text) => text.toUpperCase().replace(/[^A-Z\d -]/g, '').trimStart().slice(0, 10),
  format: (text) => text,
  check(text) {
    const isComplete = /^(\d{5,}|(?=.*[A-Z])[A-Z\d -]{3,})$/.test(text.trim());
    return isComplete ? null : { code: 'incomplete_zip', final: false };
  },
};

const number = createLineField({
  name: 'cardnumber', label: 'lineNumber', placeholder: 'lineNumberPlaceholder', autocomplete: 'cc-number',
  kind: NUMBER, onInput,
});
const expiry = createLineField({
  name: 'exp-date', label: 'lineExpiry', placeholder: 'expiryPlaceholder', autocomplete: 'cc-exp', kind: EXPIRY, onInput,
});
const cvc = createLineField({
  name: 'cvc', label: 'lineCvc', placeholder: 'cvcPlaceholder', autocomplete: 'cc-csc',
  kind: cvcOf(() => number.value), onInput,
});
const postal = createLineField({
  name: 'postal', label: 'zipCode', placeholder: 'linePostalPlaceholder', autocomplete: 'postal-code', inputMode: 'text',
  kind: POSTAL_CODE, onInput,
});
const fields = [number, expiry, cvc, postal];
const brands = brandIcons();
const icon = h('div', { class: 'LineIcon' }, brands.node);
const inputs = fields.map((field) => field.input);
document.body.append(h('form', { class: 'Line', novalidate: true, label: 'cardDetails' }, icon, ...inputs));

const frame = openFrame({
  apply({ options }) {
    applyStyle(options.style);
    icon.hidden = options.hideIcon === true;
    postal.input.hidden = options.hidePostalCode === true;
    for (const { input } of fields) input.disabled = options.disabled === true;
    if (options.value?.postalCode !== undefined) postal.value = options.value.postalCode;
  },
  shown: () => showStates(fields),
  method() {
    const error = insist(fields);
    tellChange();
    if (error) return { error };
    const { month, year } = parseExpiry(expiry.value);
    const card = { number: number.value, exp_month: month, exp_year: year, cvc: cvc.value };
    const postalCode = postal.hidden ? undefined : postal.value.trim();
    return {
      data: { type: 'card', card, billing_details: { address: { postal_code: postalCode } } },
      token: { card: { ...card, address_zip: postalCode } },
    };
  },
  receive: {
    focus: () => (fields.find((field) => field.problem) ?? number).focus(),
    clear() {
      fields.forEach((field) => (field.value = ''));
      showBrand();
      tellChange();
    },
  },
});

/** Another brand is another network; no test card has two of which the shopper could choose. */
function showBrand() {
  const before = brands.shown;
  brands.show(number.empty ? 'none' : brandOfField(number));
  if (brands.shown !== before) frame.tell('networkschange');
}

function onInput(field, { left = false } = {}) {
  if (field === number) showBrand();
  if (field === number && !cvc.empty) cvc.value = cvc.input.value;
  if (!left) advance(field, { number, expiry, cvc });
  if (!left && field === cvc && !cvc.problem && cvc.typedToEnd && !postal.hidden) postal.focus();
  tellChange();
}

function tellChange() {
  showStates(fields);
  frame.change({
    empty: fields.every((field) => field.hidden || field.empty),
    complete: fields.every((field) => field.problem === null),
    error: shownError(fields),
    value: { postalCode: postal.value },
    brand: brandOfField(number),
  });
}
