// The shopper's leave to save the method: a box to tick, where the customer session has it.

import { h } from '../shared/dom.js';

export function createConsent({ onChange }) {
  const box = h('input', { class: 'CheckboxInput', type: 'checkbox', id: 'payment-saveInput', name: 'savePaymentMethod' });
  box.addEventListener('change', onChange);
  const node = h(
    'div',
    { class: 'Checkbox p-Consent' },
    box, h('label', { class: 'CheckboxLabel', for: box.id, text: 'savePaymentMethod' }),
  );
  let features = {};
  let setsUp = false;
  let isAsked = false;

  return {
    node,

    /** `choices` and `payment` are of the frame's description. */
    configure({ choices, payment, options }) {
      features = choices?.customer?.features ?? {};
      isAsked = features.payment_method_save === 'enabled';
      setsUp = payment.mode !== 'payment' || Boolean(payment.setupFutureUsage);
      box.disabled = options.readOnly === true;
    },

    /** Only for a new method that can be saved. */
    show(canSave) {
      node.hidden = !isAsked || !canSave;
    },

    /** Whether the shopper agreed; undefined where they were not asked. */
    get given() {
      return node.hidden ? undefined : box.checked;
    },

    /** What goes with the method: rules for showing it again, and the usage that saves it. */
    parameters() {
      if (node.hidden) return {};
      const usage = features.payment_method_save_usage ?? 'off_session';
      return {
        data: { allow_redisplay: box.checked ? 'always' : setsUp ? 'limited' : 'unspecified' },
        more: box.checked && !setsUp ? { setup_future_usage: usage } : {},
      };
    },
  };
}
