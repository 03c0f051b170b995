// A wallet among the methods: it has nothing to fill in here. Its sheet opens over the page when the shopper pays.

import { h } from '../../shared/dom.js';
import { text } from '../../shared/texts.js';
import { createForm } from '../form.js';

export function createWallet({ type, label }, { onChange }) {
  const note = h('p', { class: 'RedirectText p-Field--wide' });
  const node = h('form', { class: 'p-CardForm', novalidate: true, 'aria-label': label }, note);
  return createForm({
    type, node, fields: [], onChange,
    own: { configure: () => (note.textContent = text('walletFollows', { method: label })) },
  });
}
