// What the shopper agrees to by paying with a method: the element's options `terms` and `business`.

import { h } from '../shared/dom.js';
import { text } from '../shared/texts.js';

/** Debits are agreed to each time, whether they are saved or not. */
const DEBITS = { sepa_debit: 'termsSepaDebit', us_bank_account: 'termsUsBankAccount' };

const camel = (type) => type.replace(/_(\w)/g, (underscore, letter) => letter.toUpperCase());

export function createTerms() {
  const node = h('p', { class: 'TermsText p-Terms' });
  let options = {};
  return {
    node,
    configure: (description) => (options = description.options),

    /** `saves` if the method will be charged again. */
    show(method, saves) {
      const rule = method && (options.terms?.[camel(method.type)] ?? 'auto');
      const isShown = rule === 'always' || (rule === 'auto' && (saves || method.type in DEBITS));
      node.hidden = !isShown;
      if (!isShown) return;
      const business = options.business?.name ?? text('thisBusiness');
      const key = DEBITS[method.type] ?? (method.type === 'card' ? 'termsCard' : 'termsOther');
      node.textContent = text(key, { business, method: text(method.label) });
    },
  };
}
