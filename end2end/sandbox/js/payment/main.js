// The frame of the Payment Element: joins the form to the merchant's page. The page learns whether the form is complete,
// never what is in it. `openChannel` and `callApi` come from the scripts of `js/shared`.

import { applyAppearance } from './appearance.js';
import { createForm } from './form.js';
import { createConfirmationToken } from './token.js';

const parameters = new URLSearchParams(location.hash.slice(1));
const body = document.body;

let apiKey = null;
let told = '';
let started = false;

const form = createForm({ onChange: tellChange });

const channel = openChannel({
  word: parameters.get('channel'),
  peer: () => window.parent,
  peerOrigin: parameters.get('origin'),
  receive: {
    start: apply,
    update: apply,
    submit,
    'create confirmation token': createToken,
    'show error': (error) => form.refuse(error),
    focus: () => form.focus(),
    blur: () => document.activeElement?.blur(),
    clear: () => form.clear(),
  },
});

/** Takes the page's options, the first time and whenever they change. */
function apply({ apiKey: key, group, options }) {
  apiKey = key;
  applyAppearance(group.appearance);
  form.configure({ ask: askedAddress(options.fields?.billingDetails), readOnly: options.readOnly === true });
  form.fill(options.defaultValues?.billingDetails?.address);
  body.hidden = false;
  tellHeight();
  if (!started) channel.send('ready');
  started = true;
  tellChange();
}

/** `fields.billingDetails` is `never`, or has an `address` that is `never` or says so of single lines. */
function askedAddress(fields) {
  const address = fields === 'never' ? 'never' : fields?.address;
  return {
    country: address !== 'never' && address?.country !== 'never',
    postalCode: address !== 'never' && address?.postalCode !== 'never',
  };
}

function submit() {
  const problem = form.validate();
  if (!problem) return { selectedPaymentMethod: 'card' };
  return { error: { type: 'validation_error', code: problem.code, message: problem.message } };
}

async function createToken({ params, context }) {
  const problem = form.validate();
  if (problem) return { error: { type: 'validation_error', code: problem.code, message: problem.message } };
  const result = await createConfirmationToken({ apiKey, card: form.card, billing: form.billing, params, context });
  if (result.error?.type === 'card_error') form.refuse(result.error);
  return result;
}

function tellChange() {
  const change = { empty: form.empty, complete: form.complete, collapsed: false, value: { type: 'card' } };
  if (!started || JSON.stringify(change) === told) return;
  told = JSON.stringify(change);
  channel.send('change', change);
}

function tellHeight() {
  if (!body.hidden) channel.send('height', Math.ceil(body.getBoundingClientRect().height));
}

/** Focus that only moves from field to field is no event for the page. */
let focused = false;
document.addEventListener('focusin', () => {
  if (!focused) channel.send('focus');
  focused = true;
});
document.addEventListener('focusout', () => {
  setTimeout(() => {
    if (document.hasFocus() && document.activeElement !== body) return;
    if (focused) channel.send('blur');
    focused = false;
  });
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') channel.send('escape');
});
document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());

new ResizeObserver(tellHeight).observe(body);
channel.send('hello');
