// A saved card that its holder corrects: the date of the card that came in its place, and the postal code where one is asked.

import { EXPIRY, postalCodeIn } from '../shared/card-kinds.js';
import { parseExpiry } from '../shared/card-checks.js';
import { postalCodeOf } from '../shared/countries.js';
import { h } from '../shared/dom.js';
import { createField } from '../shared/field.js';
import { translate } from '../shared/texts.js';
import { FIELD_OF_CODE } from './methods/card.js';

/** `save(changes)` resolves to an error or nothing, and takes the form away if all is well; `leave()` takes it away. */
export function createCardEditor(method, { label, save, leave }) {
  const { country, postal_code: known } = method.billing_details.address;
  const expiry = createField({
    id: 'payment-savedExpiryInput', name: 'expiry', label: 'expiry', hint: 'expiryHint', placeholder: 'expiryPlaceholder',
    autocomplete: 'cc-exp', inputMode: 'numeric', kind: EXPIRY, onInput: forgive,
  });
  const shape = postalCodeOf(country);
  const postalCode = createField({
    id: 'payment-savedPostalCodeInput', name: 'postalCode', label: shape?.label ?? 'postalCode', latin: true,
    autocomplete: 'billing postal-code', kind: postalCodeIn(() => country), onInput: forgive,
  });
  const fields = { expiry, postalCode };
  const { exp_month: month, exp_year: year } = method.card;
  expiry.value = `${String(month).padStart(2, '0')}${String(year).slice(2)}`;
  postalCode.value = known ?? '';
  postalCode.node.hidden = !shape;

  const done = h('button', { class: 'p-SavedSave Link', type: 'button', text: 'save' });
  const cancel = h('button', { class: 'Link', type: 'button', text: 'cancel' });
  const node = h(
    'div', { class: 'p-SavedEditor', role: 'group', 'aria-label': label },
    expiry.node, postalCode.node, h('div', { class: 'p-SavedQuestion' }, done, cancel),
  );

  function forgive(field, { left = false } = {}) {
    if (!left) field.forgive();
  }

  async function finish() {
    const shown = Object.values(fields).filter((field) => !field.hidden);
    shown.forEach((field) => (field.forgive(), field.insist()));
    const wrong = shown.find((field) => field.problem);
    if (wrong) return wrong.focus();
    done.disabled = true;
    const { month, year } = parseExpiry(expiry.value);
    const billing_details = shape && { address: { postal_code: postalCode.value.trim() } };
    const error = await save({ card: { exp_month: month, exp_year: year }, billing_details });
    done.disabled = false;
    if (error) (fields[FIELD_OF_CODE[error.code]] ?? expiry).refuse(error);
  }

  done.addEventListener('click', finish);
  cancel.addEventListener('click', leave);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || event.target.tagName !== 'INPUT') return;
    event.preventDefault();
    finish();
  });
  translate(node);
  return { node, focus: () => expiry.focus() };
}
