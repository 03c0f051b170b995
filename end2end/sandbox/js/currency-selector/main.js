// The frame of the Currency Selector Element: a choice of currencies with what the payment costs in each.

import { h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { money } from '../shared/money.js';

const choices = h('fieldset', { class: 'p-Currencies' });
document.body.append(choices);

openFrame({
  apply({ payment: { amount, currency } }) {
    choices.hidden = amount === undefined;
    if (choices.hidden) return;
    const radio = h('input', { type: 'radio', name: 'currency', value: currency, checked: true });
    const words = h('span', {}, `${currency.toUpperCase()} ${money(amount, currency)}`);
    choices.replaceChildren(
      h('legend', { class: 'p-ScreenReaderOnly', text: 'currency' }),
      h('label', { class: 'p-Currency' }, radio, words),
    );
  },
  receive: { focus: () => choices.querySelector('input')?.focus() },
});
