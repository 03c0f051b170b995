// The frame of a part of a split card: one line, and what it says to its siblings. Any part can send the whole card.

import { parseExpiry } from './card-checks.js';
import { h } from './dom.js';
import { openFrame } from './frame.js';
import { applyStyle, reveal, setPlaceholder, showStates, shownError } from './line.js';
import { joinSiblings } from './siblings.js';

/**
 * `part` is the element's type, `field` its one field, `icon` a node before it. `heard` maps what siblings tell to what
 * to do with it; `details()` is what `change` tells besides; `onApply(options)` sees the page's options.
 */
export function openCardPart({ part, field, icon, heard = {}, details = () => ({}), onApply = () => {}, onClear = () => {} }) {
  document.body.append(h('form', { class: 'Line', novalidate: true }, icon, field.input));
  let siblings = null;

  const frame = openFrame({
    apply({ options, siblings: word }) {
      siblings ??= joinSiblings({ word, name: part, receive: { ...heard, entered, focus } });
      applyStyle(options.style);
      setPlaceholder(field, options.placeholder);
      field.input.disabled = options.disabled === true;
      onApply(options);
    },
    shown: () => showStates([field]),
    async method(as, { parts }) {
      if (as === 'cvc update') {
        const { error, value } = entered();
        if (error) focus();
        return error ? { error } : { token: { cvc_update: { cvc: value } } };
      }
      const others = await Promise.all(parts.map((one) => (one === part ? entered() : siblings.ask(one, 'entered'))));
      const wrong = others.findIndex(({ error }) => error);
      if (wrong < 0) return wholeCard(Object.fromEntries(parts.map((one, at) => [one, others[at].value])));
      if (parts[wrong] === part) focus();
      else siblings.ask(parts[wrong], 'focus');
      return { error: others[wrong].error };
    },
    receive: {
      focus,
      join: () => ({}),
      clear() {
        field.value = '';
        onClear();
        tellChange();
      },
    },
  });

  function focus() {
    field.focus();
  }

  /** What siblings ask for. */
  function entered() {
    const error = reveal([field]);
    tellChange();
    return error ? { error } : { value: field.value };
  }

  function tellChange() {
    showStates([field]);
    frame.change({ empty: field.empty, complete: field.problem === null, error: shownError([field]), ...details() });
  }

  return { tell: frame.tell, tellChange, tellSiblings: (type, body) => siblings?.tell(type, body) };
}

function wholeCard({ cardNumber: number, cardExpiry, cardCvc: cvc }) {
  const { month, year } = cardExpiry === undefined ? {} : parseExpiry(cardExpiry);
  const card = { number, exp_month: month, exp_year: year, cvc };
  return { data: { type: 'card', card }, token: { card } };
}
