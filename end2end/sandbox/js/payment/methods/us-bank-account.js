// A bank account in the United States: one that the shopper links at a bank of the test, or types in, to be verified by
// small deposits.

import { h } from '../../shared/dom.js';
import { createField } from '../../shared/field.js';
import { createSelect } from '../../shared/select.js';
import { text } from '../../shared/texts.js';
import { createBilling } from '../billing.js';
import { createForm } from '../form.js';
import { digitsOf } from '../kinds.js';

/** What stands behind the bank of the test: its account always pays. */
const LINKED = { routing_number: '110000000', account_number: '000123456789', financial_connections_account: 'fca_1sandbox' };

export function createUsBankAccount({ onChange }) {
  const type = 'us_bank_account';
  const onInput = (field, { left = false } = {}) => left || onChange();
  const billing = createBilling({ type, needs: ['name', 'email'], onInput });
  const way = createSelect({ id: 'payment-bankInput', name: 'bank', label: 'bank', onChange: onWay });
  way.node.classList.add('p-Field--wide');
  const routing = createField({
    id: 'payment-routingNumberInput', name: 'routingNumber', label: 'routingNumber', inputMode: 'numeric',
    kind: digitsOf('incomplete_routing_number', 9), onInput,
  });
  const account = createField({
    id: 'payment-accountNumberInput', name: 'accountNumber', label: 'accountNumber', inputMode: 'numeric',
    kind: digitsOf('incomplete_account_number', 4, 17), onInput,
  });
  const fields = [...billing.fields, routing, account];
  const node = h(
    'form',
    { class: 'p-CardForm', novalidate: true, label: 'usBankAccount' },
    ...billing.nodes, way.node, routing.node, account.node,
  );

  function onWay() {
    routing.node.hidden = account.node.hidden = way.select.value === 'linked';
    onChange();
  }

  return createForm({
    type, node, fields, onChange,
    fieldOf: ({ code, param = '' }) => (code === 'routing_number_invalid' || param.includes('routing') ? routing : account),
    own: {
      configure(description) {
        billing.configure(description);
        const ways = ['linked', 'manual'];
        way.setOptions(ways.map((value) => ({ value, name: text(value === 'linked' ? 'bankLinked' : 'bankManual') })));
        way.select.disabled = description.options.readOnly === true;
        routing.node.hidden = account.node.hidden = way.select.value === 'linked';
      },
      method() {
        const typed = { routing_number: routing.value, account_number: account.value };
        const details = way.select.value === 'linked' ? LINKED : typed;
        const us_bank_account = { account_holder_type: 'individual', ...details };
        return { data: { type, us_bank_account, billing_details: billing.details() } };
      },
    },
  });
}
