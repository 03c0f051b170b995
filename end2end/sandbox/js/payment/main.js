// The frame of the Payment Element: the methods that apply, of which the shopper chooses one and fills in its form.

import { h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { errorText, text, translate } from '../shared/texts.js';
import { cardDetails } from './card-details.js';
import { createChooser, readLayout } from './chooser.js';
import { createConsent } from './consent.js';
import { methodIcon } from './icons.js';
import { methodOf } from './methods.js';
import { createSaved } from './saved.js';
import { createTerms } from './terms.js';

const tools = { onChange, onCard };
const saved = createSaved({
  onChange,
  update: (method, form) => callFor(method, { form, event: 'savedpaymentmethodupdate' }),
  remove: (method) => callFor(method, { path: '/detach', event: 'savedpaymentmethodremove' }),
  onEmpty: () => arrange(),
});
const consent = createConsent({ onChange: () => (showRest(), tellChange()) });
const terms = createTerms();
const failure = h('p', { class: 'Error p-Failure', role: 'alert' });
const below = h('div', { class: 'p-Below' }, failure, consent.node, terms.node);
document.body.append(below);

/** The forms that were made so far, by their types: what was typed outlives a change of mind. */
const made = new Map();
let description;
let methods = [];
let chosen = null;
let placed = null;
let chooser = null;
let arrangement = '';
let toldTypes = '';

const frame = openFrame({
  apply(next) {
    description = next;
    saved.configure(next);
    consent.configure(next);
    terms.configure(next);
    for (const form of made.values()) configure(form);
    arrange();
  },
  shown() {
    form()?.show();
    tellAvailable();
    tellChange();
  },
  async method(as, { wallet }) {
    const problem = check();
    if (problem) return { error: problem };
    // A wallet's sheet has handed over what it asked for.
    const entered = wallet ?? await form().method(frame.caller, description.choices?.customer?.secret);
    const { data, more } = consent.parameters();
    if (entered.error || entered.saved) return entered;
    return { ...entered, data: { ...entered.data, ...data }, more: { ...entered.more, ...more } };
  },
  onDecline: refuse,
  receive: {
    submit() {
      const problem = check();
      return problem ? { error: problem } : { selectedPaymentMethod: typeNow() };
    },
    'show error': refuse,
    focus: () => (form() ? form().focus() : chooser.focus()),
    clear() {
      for (const one of made.values()) one.clear();
      saved.clear();
    },
    collapse() {
      if (methods.length > 1) choose(null);
    },
  },
});

function form() {
  if (chosen === null) return null;
  if (chosen === 'saved') return saved;
  if (!made.has(chosen)) {
    const created = methods.find(({ type }) => type === chosen).create(tools);
    made.set(chosen, created);
    configure(created);
  }
  return made.get(chosen);
}

function configure(one) {
  one.configure(description);
  one.setReadOnly(description.options.readOnly === true);
}

/** The saved ones first, then as the page ordered them, then as the sandbox did. */
function listMethods() {
  const { payment, choices, options, wallets } = description;
  const wanted = options.paymentMethodOrder ?? [];
  const place = (type) => (wanted.includes(type) ? wanted.indexOf(type) : wanted.length);
  const types = (payment.paymentMethodTypes ?? ['card']).flatMap((type) => (type === 'card' ? [type, ...wallets] : [type]));
  const known = types.map((type) => methodOf(type, choices?.forms ?? [])).filter(Boolean);
  known.sort((one, other) => place(one.type) - place(other.type));
  return saved.count > 0 ? [{ type: 'saved', label: 'savedPaymentMethods' }, ...known] : known;
}

/** Lays the methods out, anew only where the layout or their number asks for another chooser. */
function arrange() {
  methods = listMethods();
  const layout = readLayout(description.options.layout, window.innerWidth);
  const kind = JSON.stringify([layout, methods.length === 1]);
  const isFirst = chooser === null;
  if (kind !== arrangement) {
    arrangement = kind;
    chooser?.node.remove();
    chooser = createChooser({ layout, count: methods.length, onChoose: choose });
    document.body.prepend(chooser.node);
  }
  const isThere = methods.some(({ type }) => type === chosen);
  const opens = methods.length === 1 || !(isFirst && layout.defaultCollapsed);
  if (!isThere && (chosen !== null || isFirst || methods.length === 1)) chosen = opens ? methods[0].type : null;
  showChosen();
}

function choose(type) {
  if (type === chosen) return;
  chosen = type;
  showChosen();
  tellChange();
}

function showChosen() {
  chooser.set(
    methods.map(({ type, label }) => ({ id: type, label: text(label), icon: methodIcon(type, label) })),
    chosen,
  );
  failure.textContent = '';
  const now = form();
  // One form at a time is in the document: several have fields of the same names.
  if (placed !== now) placed?.node.remove();
  placed = now;
  if (now) {
    const place = chooser.place(chosen);
    if (now.node.parentNode !== place) place.replaceChildren(now.node);
    if (below.parentNode !== place) place.append(below);
    translate(place);
    now.show();
  } else {
    chooser.node.after(below);
  }
  showRest();
}

/** What stands below every form. */
function showRest() {
  const method = methods.find(({ type }) => type === chosen);
  const isNew = method !== undefined && chosen !== 'saved';
  consent.show(isNew && method.reusable);
  const { mode, setupFutureUsage } = description.payment;
  terms.show(isNew ? method : undefined, mode !== 'payment' || Boolean(setupFutureUsage) || consent.given === true);
}

/** Shows what is wrong, and answers it as an error; undefined when all is well. */
function check() {
  failure.textContent = '';
  const now = form();
  if (!now) {
    failure.textContent = text('choosePaymentMethod');
    chooser.focus();
    return { type: 'validation_error', code: 'payment_method_not_chosen', message: failure.textContent };
  }
  now.forgive();
  const problem = now.validate();
  return problem ? { type: 'validation_error', code: problem.code, message: problem.message } : undefined;
}

function refuse(error) {
  const now = form();
  const hasField = now?.node.querySelector('input:not([hidden] *)');
  if (hasField) now.refuse(error);
  else failure.textContent = errorText(error);
}

/** Has the sandbox change or forget a saved method, and tells the page what came of it. Answers `{body}` or `{error}`. */
async function callFor(method, { path = '', form = {}, event }) {
  const answer = await callApi(frame.caller, {
    path: `/v1/elements/payment_methods/${method.id}${path}`,
    form: { customer_session_client_secret: description.choices.customer.secret, ...form },
  });
  const { body, error } = answer;
  frame.tell(event, { success: !error, error: error?.message, payment_method: publicPart(body ?? method) });
  return answer;
}

const publicPart = ({ id, type, billing_details }) => ({ id, type, billing_details });

const typeNow = () => (chosen === 'saved' ? saved.chosen?.type : chosen) ?? '';

function onChange() {
  failure.textContent = '';
  tellChange();
}

function onCard(number, brand) {
  frame.tell('carddetailschange', { loading: false, details: cardDetails(number, brand) });
}

function tellAvailable() {
  const types = methods.map(({ type }) => type).filter((type) => type !== 'saved');
  if (types.join() === toldTypes) return;
  toldTypes = types.join();
  frame.tell('availablepaymentmethodschange', {
    paymentMethods: Object.fromEntries(types.map((type) => [type, { available: true }])),
  });
}

function tellChange() {
  const now = form();
  const value = { type: typeNow() };
  if (consent.given !== undefined) value.savePaymentMethod = consent.given;
  const address = now?.address();
  if (address) value.billingDetails = { address };
  if (chosen === 'saved' && saved.chosen) value.payment_method = publicPart(saved.chosen);
  frame.change({
    empty: now ? now.empty : true, complete: now ? now.complete : false, collapsed: now === null, value,
  });
}
