// The frame of the Address Element: a new address or a saved one, for a parcel or for a bill.

import { openFrame } from '../shared/frame.js';
import { createContacts } from './contacts.js';
import { createAddressForm } from './form.js';

let form = null;
let mode;
let payment;
let contact;

const contacts = createContacts({
  onChoose(chosen) {
    contact = chosen;
    form.node.hidden = Boolean(chosen);
    tellChange();
  },
});

const frame = openFrame({
  apply(description) {
    const isFirst = !form;
    const { options } = description;
    ({ mode } = options);
    ({ payment } = description);
    form ??= createAddressForm({ mode, onChange: tellChange });
    if (isFirst) document.body.append(contacts.node, form.node);
    form.configure(options, isFirst);
    contacts.show(options.contacts);
  },
  shown() {
    form.show();
    tellChange();
  },
  receive: {
    submit: () => check() ?? {},
    contribute: (as) => check() ?? detailsFor(as),
    'get value': () => {
      check();
      const { complete, isNewAddress, value } = state();
      return { complete, isNewAddress, value };
    },
    focus: () => (contact ? contacts.node.querySelector(':checked').focus() : form.focus()),
    clear: () => form.clear(),
  },
});

function check() {
  const problem = contact ? null : form.insist();
  if (!problem) return null;
  tellChange();
  form.focus();
  return { error: { type: 'validation_error', code: problem.code, message: problem.message } };
}

function state() {
  return {
    elementMode: mode,
    empty: !contact && form.empty,
    complete: Boolean(contact) || form.complete,
    isNewAddress: !contact,
    value: contact ?? form.value(),
  };
}

function tellChange() {
  frame?.change(state());
}

/** Where the address belongs in the form of a call. A SetupIntent ships nothing. */
function detailsFor(as) {
  const { name, phone, address } = state().value;
  const said = Object.entries(address).filter(([, line]) => line);
  const details = { name: name || undefined, phone: phone || undefined, address: Object.fromEntries(said) };
  if (mode === 'shipping') {
    const ships = as === 'confirmation token' || (as === 'confirmation' && payment.mode !== 'setup');
    return ships ? { shipping: details } : {};
  }
  return as === 'payment method' ? { billing_details: details } : { payment_method_data: { billing_details: details } };
}
