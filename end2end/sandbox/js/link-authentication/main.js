// The frame of the Link Authentication Element: an e-mail address. Nobody has a Link account here.

import { h } from '../shared/dom.js';
import { EMAIL } from '../shared/email.js';
import { createField } from '../shared/field.js';
import { openFrame } from '../shared/frame.js';

const email = createField({
  id: 'Field-emailInput', name: 'email', label: 'email', placeholder: 'emailPlaceholder', inputMode: 'email',
  autocomplete: 'email', kind: EMAIL, onInput: (field, { left = false } = {}) => left || tellChange(),
});
document.body.append(h('form', { novalidate: true }, email.node));

let isFirst = true;

const frame = openFrame({
  apply({ options }) {
    if (isFirst && options.defaultValues?.email) email.value = options.defaultValues.email;
    isFirst = false;
  },
  shown() {
    email.show();
    tellChange();
  },
  receive: {
    submit: () => check() ?? {},
    contribute: (as) => check() ?? detailsFor(as),
    focus: () => email.focus(),
    clear() {
      email.value = '';
      tellChange();
    },
  },
});

function check() {
  email.insist();
  const { problem } = email;
  if (!problem) return null;
  email.focus();
  return { error: { type: 'validation_error', code: problem.code, message: problem.message } };
}

function detailsFor(as) {
  const details = { billing_details: { email: email.value } };
  return as === 'payment method' ? details : { payment_method_data: details };
}

function tellChange() {
  frame.change({ empty: email.empty, complete: email.problem === null, value: { email: email.value } });
}
