// A wallet's sheet over the page: the shopper picks address, shipping rate and card; the page answers what it costs.
//
// The real ones are the browser's or another company's. This one serves tests, and has what the wallets have in common.

import { h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { money } from '../shared/money.js';
import { text, translate } from '../shared/texts.js';
import { ADDRESSES, CARDS, EMAIL, METHODS, PHONE } from './shopper.js';

const NAMES = {
  apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link', paypal: 'PayPal', amazon_pay: 'Amazon Pay', klarna: 'Klarna',
};

const title = h('h1', { class: 'p-SheetTitle', id: 'sheet-title' });
const cancel = h('button', { class: 'p-Cancel', type: 'button', text: 'cancel' });
const body = h('div', { class: 'p-SheetBody' });
const notice = h('p', { class: 'p-Notice', role: 'alert' });
const summary = h('dl', { class: 'p-Summary' });
const pay = h('button', { class: 'p-Pay', type: 'submit' });
const form = h('form', {}, body, summary, notice, pay);
const dialog = h(
  'div', { class: 'p-Sheet', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'sheet-title' },
  h('div', { class: 'p-SheetHeader' }, title, h('span', { class: 'p-SandboxMark', text: 'sandbox' }), cancel), form,
);
const guards = [0, 1].map(() => h('div', { tabindex: '0' }));
document.body.append(guards[0], h('div', { class: 'p-Backdrop' }, dialog), guards[1]);

let type;
let options;
let payment;
let lineItems = [];
let rates = [];
let address;
let rate;
let card = CARDS[0];
/** What the page has been asked last; an answer to an earlier question comes too late. */
let question = 0;
let state = 'waiting';

const frame = openFrame({
  apply(description) {
    if (type) return;
    ({ type, options, payment } = description);
    ({ lineItems = [], shippingRates: rates = [] } = options);
    title.textContent = NAMES[type];
  },
  shown() {
    open();
    cancel.focus();
  },
  method: () => ({ ...methodOf(), more: payment.mode === 'setup' || !address ? {} : { shipping: shipping() } }),
  receive: {
    submit: () => ({ selectedPaymentMethod: type }),
    'payment failed': ({ reason, message }) => become('open', message ?? text(reason)),
  },
});

function open() {
  if (options.shippingAddressRequired) {
    const allowed = ADDRESSES.filter((one) => options.allowedShippingCountries?.includes(one.address.country) ?? true);
    section('shipTo', allowed.map((one) => ({ words: inOneLine(one.address), choose: () => chooseAddress(one) })));
    body.append(h('div', { class: 'p-Rates' }));
  }
  if (!METHODS[type]) {
    section('payFrom', CARDS.map((one) => ({ words: `${one.name} ${text(one.note)}`, choose: () => (card = one) })));
  }
  if (options.emailRequired) body.append(h('p', { class: 'p-Contact' }, EMAIL));
  if (options.phoneNumberRequired) body.append(h('p', { class: 'p-Contact' }, PHONE));
  translate();
  const first = body.querySelector('[name="shipTo"]');
  if (!options.shippingAddressRequired) become('open');
  else if (first) first.click();
  else become('closed', text('address_unserviceable'));
}

/** A group of radio buttons, the first of which is chosen. */
function section(name, choices, into = body) {
  const items = choices.map(({ words, choose }, at) => {
    const radio = h('input', { type: 'radio', name, checked: at === 0 && name !== 'shipTo' });
    radio.addEventListener('change', choose);
    // A shop's own words, or an address, run as they run in their language.
    return h('label', { class: 'p-Choice' }, radio, h('span', { dir: 'auto' }, words));
  });
  into.append(h('fieldset', { class: 'p-Section' }, h('legend', { text: name }), ...items));
}

function chooseAddress(chosen) {
  address = chosen;
  const { city, state: area, postal_code, country } = chosen.address;
  tellPage('shippingaddresschange', { name: chosen.name, address: { city, state: area, postal_code, country } });
}

function chooseRate(chosen) {
  rate = chosen;
  tellPage('shippingratechange', { shippingRate: chosen });
}

async function tellPage(event, details) {
  question += 1;
  const mine = question;
  become('waiting');
  const answer = await frame.ask(event, details);
  if (mine !== question) return;
  ({ payment } = answer);
  if (!answer.details) {
    become('closed', text(event === 'shippingaddresschange' ? 'address_unserviceable' : 'fail'));
    return;
  }
  if (answer.details.lineItems) ({ lineItems } = answer.details);
  if (answer.details.shippingRates) rates = answer.details.shippingRates;
  if (event === 'shippingaddresschange') showRates();
  become('open');
}

function showRates() {
  const list = body.querySelector('.p-Rates');
  rate = rates.find((one) => one.id === rate?.id) ?? rates[0];
  // The one that is chosen goes first, as the group shows it.
  const sorted = [...rates].sort((a, b) => Number(b.id === rate?.id) - Number(a.id === rate?.id));
  list.replaceChildren();
  if (sorted.length === 0) return;
  section('shippingMethod', sorted.map((one) => ({ words: rateInWords(one), choose: () => chooseRate(one) })), list);
  translate(list);
}

function rateInWords({ displayName, amount, deliveryEstimate }) {
  const price = `${displayName}: ${money(amount, payment.currency)}`;
  return typeof deliveryEstimate === 'string' ? `${price}, ${deliveryEstimate}` : price;
}

/** `waiting` for the page's answer, `open` to pay, `closed` until something else is chosen, `paying`. */
function become(next, words = '') {
  state = next;
  notice.textContent = words;
  pay.setAttribute('aria-disabled', String(state !== 'open'));
  const lines = lineItems.flatMap(({ name, amount }) => [h('dt', {}, name), h('dd', {}, money(amount, payment.currency))]);
  const total = payment.amount === undefined ? '' : money(payment.amount, payment.currency);
  const sum = total ? [h('dt', { class: 'p-Total' }, text('total')), h('dd', { class: 'p-Total' }, total)] : [];
  summary.replaceChildren(...lines, ...sum);
  summary.hidden = summary.children.length === 0;
  pay.textContent = state === 'paying' ? text('processing') : total ? text('payAmount', { amount: total }) : text('continue');
}

function billingAddress() {
  return address?.address ?? ADDRESSES[0].address;
}

function billingDetails() {
  return {
    name: ADDRESSES[0].name,
    email: options.emailRequired ? EMAIL : undefined,
    phone: options.phoneNumberRequired ? PHONE : undefined,
    address: billingAddress(),
  };
}

function shipping() {
  return { name: address.name, address: said(address.address), phone: options.phoneNumberRequired ? PHONE : undefined };
}

/** As shared/send.js takes it. */
function methodOf() {
  const details = billingDetails();
  const billing_details = { ...details, address: said(details.address) };
  if (METHODS[type]) return { data: { type: METHODS[type], billing_details } };
  const inAYear = new Date().getFullYear() + 1;
  const data = { number: card.number, exp_month: 12, exp_year: inAYear, cvc: '123' };
  return { data: { type: 'card', card: data, billing_details }, token: { card: data } };
}

/** Without the lines that say nothing. */
function said(lines) {
  return Object.fromEntries(Object.entries(lines).filter(([, line]) => line));
}

function inOneLine({ line1, city, state: area, postal_code: postalCode, country }) {
  return [line1, city, [area, postalCode].filter(Boolean).join(' '), country].join(', ');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (state !== 'open') return;
  become('paying');
  frame.ask('confirm', {
    billingDetails: billingDetails(),
    ...(address && { shippingAddress: { name: address.name, address: address.address } }),
    ...(rate && { shippingRate: rate }),
  });
});

cancel.addEventListener('click', () => frame.ask('cancel'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') frame.ask('cancel');
});
// Tab goes round inside the dialog: what leaves at one end comes in at the other.
guards[0].addEventListener('focus', () => pay.focus());
guards[1].addEventListener('focus', () => cancel.focus());
