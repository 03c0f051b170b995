// A bank account in the euro area, debited later by a mandate.

import { h } from '../../shared/dom.js';
import { createField } from '../../shared/field.js';
import { IBAN, exampleOf } from '../../shared/iban.js';
import { createBilling } from '../billing.js';
import { createForm } from '../form.js';

export function createSepaDebit({ onChange }) {
  const type = 'sepa_debit';
  const onInput = (field, { left = false } = {}) => left || onChange();
  const iban = createField({ id: 'payment-ibanInput', name: 'iban', label: 'iban', latin: true, kind: IBAN, onInput });
  iban.input.placeholder = exampleOf();
  iban.node.classList.add('p-Field--wide');
  const billing = createBilling({ type, needs: ['name', 'email'], onInput });
  const node = h('form', { class: 'p-CardForm', novalidate: true, label: 'sepaDebit' }, iban.node, ...billing.nodes);
  return createForm({
    type, node, fields: [iban, ...billing.fields], onChange,
    own: {
      configure: billing.configure,
      method: () => ({ data: { type, sepa_debit: { iban: iban.value }, billing_details: billing.details() } }),
    },
  });
}
