// Methods that need billing details alone, and then send the payer elsewhere or show a code or a voucher.

import { h } from '../../shared/dom.js';
import { createField } from '../../shared/field.js';
import { createSelect } from '../../shared/select.js';
import { text } from '../../shared/texts.js';
import { createBilling } from '../billing.js';
import { createForm } from '../form.js';
import { textOf } from '../kinds.js';

/** Banks of Malaysia's FPX, as the API names them. */
const FPX_BANKS = {
  affin_bank: 'Affin Bank', bank_islam: 'Bank Islam', cimb: 'CIMB Clicks', maybank2u: 'Maybank2U',
  public_bank: 'Public Bank', rhb: 'RHB Bank',
};

const NOTES = { redirect: 'leavesFor', redirect_or_code: 'leavesOrCode', code: 'codeFollows', voucher: 'voucherFollows' };

/** `spec` is `{type, label, needs, fields, ask}`: details and fields that must be given, and how the payer is asked. */
export function createLocal({ type, label, needs, fields: names, ask }, { onChange }) {
  const billing = createBilling({ type, needs, onInput });
  const own = names.map(createOwn);
  const note = h('p', { class: 'RedirectText p-Field--wide' });
  const fields = [...billing.fields, ...own.map(({ field }) => field).filter(Boolean)];
  const node = h(
    'form',
    { class: 'p-CardForm', novalidate: true, 'aria-label': label },
    ...billing.nodes, ...own.map((one) => one.node), note,
  );

  function onInput(field, { left = false } = {}) {
    if (!left) onChange();
  }

  function createOwn(name) {
    if (name === 'bank') {
      const bank = createSelect({ id: 'payment-bankInput', name, label: 'bank', onChange });
      bank.setOptions(Object.entries(FPX_BANKS).map(([value, shown]) => ({ value, name: shown })));
      bank.node.classList.add('p-Field--wide');
      return { name, node: bank.node, value: () => bank.select.value };
    }
    const kind = textOf('incomplete_detail');
    const field = createField({ id: `payment-${name}Input`, name, label: name, kind, onInput });
    field.node.classList.add('p-Field--wide');
    return { name, field, node: field.node, value: () => field.value.trim() };
  }

  return createForm({
    type, node, fields, onChange,
    own: {
      configure(description) {
        billing.configure(description);
        note.textContent = text(NOTES[ask], { method: label });
      },
      method() {
        const details = Object.fromEntries(own.map(({ name, value }) => [name, value()]));
        return { data: { type, [type]: details, billing_details: billing.details() } };
      },
    },
  });
}
