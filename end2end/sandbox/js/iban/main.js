// The frame of the IBAN Element.

import { drawing, h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { IBAN, bankOf, countryOf, exampleOf } from '../shared/iban.js';
import { BANK_ICON } from '../shared/icons.js';
import { applyStyle, createLineField, insist, setPlaceholder, showStates, shownError } from '../shared/line.js';

const iban = createLineField({
  name: 'iban', label: 'iban', placeholder: 'iban', inputMode: 'text', autocomplete: 'off', kind: IBAN, onInput: tellChange,
});
const icon = h('div', { class: 'LineIcon' }, drawing(BANK_ICON));
document.body.append(h('form', { class: 'Line', novalidate: true }, icon, iban.input));

const frame = openFrame({
  apply({ options }) {
    applyStyle(options.style);
    setPlaceholder(iban, exampleOf(options.placeholderCountry));
    icon.hidden = options.hideIcon === true;
    iban.input.disabled = options.disabled === true;
  },
  shown: () => showStates([iban]),
  method() {
    const error = insist([iban]);
    tellChange();
    if (error) return { error };
    return {
      data: { type: 'sepa_debit', sepa_debit: { iban: iban.value } },
      token: { bank_account: { country: countryOf(iban.value), account_number: iban.value } },
    };
  },
  receive: {
    focus: () => iban.focus(),
    clear() {
      iban.value = '';
      tellChange();
    },
  },
});

function tellChange() {
  showStates([iban]);
  frame.change({
    empty: iban.empty,
    complete: iban.problem === null,
    error: shownError([iban]),
    country: countryOf(iban.value),
    bankName: bankOf(iban.value),
  });
}
