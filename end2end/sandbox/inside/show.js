// How values look: amounts, times, states, ids that lead somewhere.
import { element } from './dom.js';
import { NONE } from './table.js';

/** How many changes of an endpoint's mind are shown. */
const MOST_RUNS = 4;

const moment = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const wholeMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

export function money(minor, currency, decimals) {
  const format = new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return format.format(minor / 10 ** decimals);
}

export function count(number) {
  return number.toLocaleString();
}

/** `some(1, 'event')` is "1 event". */
export function some(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

export function time(seconds) {
  if (!seconds) return NONE;
  const date = new Date(seconds * 1000);
  const attributes = { datetime: date.toISOString(), title: wholeMoment.format(date) };
  return element('time', attributes, moment.format(date));
}

export function clockTime(milliseconds) {
  return moment.format(new Date(milliseconds));
}

/** A state, in its colour. The word says it all: the colour is for the quick eye. */
export function pill(word, tone = 'quiet') {
  return element('span', { class: `Pill Pill--${tone}` }, word);
}

/** What became of a payment, as a shop would say it. */
export function paymentState(payment) {
  const { status, failure, disputed, amount_received: received, amount_refunded: refunded } = payment;
  switch (status) {
    case 'succeeded':
      if (disputed) return pill('Disputed', 'bad');
      if (refunded >= received) return pill('Refunded');
      return refunded > 0 ? pill('Partly refunded') : pill('Succeeded', 'good');
    case 'requires_capture':
      return pill('Uncaptured', 'wait');
    case 'processing':
      return pill('Processing', 'wait');
    case 'requires_action':
      return pill('Action needed', 'wait');
    case 'requires_confirmation':
      return pill('Unconfirmed');
    case 'requires_payment_method':
      return failure ? pill('Failed', 'bad') : pill('Incomplete');
    case 'canceled':
      return pill('Canceled');
    default:
      return pill(status);
  }
}

/** What came back, try after try; the same answers in a row as one. */
export function answers(attempts) {
  if (attempts.length === 0) return NONE;
  const runs = [];
  for (const status of attempts) {
    if (runs.at(-1)?.status === status) runs.at(-1).times += 1;
    else runs.push({ status, times: 1 });
  }
  const run = ({ status, times }) => [answerState(status), times > 1 ? ` × ${times} ` : ' '];
  return element('span', { class: 'Answers' }, runs.slice(-MOST_RUNS).map(run).flat());
}

/** An HTTP status; null where no answer came. */
export function answerState(status) {
  if (status === null) return pill('no answer', 'bad');
  return pill(String(status), status < 300 ? 'good' : 'bad');
}

const DELIVERY_TONES = { delivered: 'good', pending: 'wait', failed: 'bad', lost: 'bad' };

export function deliveryState(status) {
  return pill(status, DELIVERY_TONES[status]);
}

/** Where an event has got to, over all its receivers. */
export function sentState({ delivered, pending, failed }) {
  if (failed > 0) return pill(`${failed} failed`, 'bad');
  if (pending > 0) return pill('on its way', 'wait');
  if (delivered > 0) return pill('delivered', 'good');
  return NONE;
}

/** Names that are not their codes in other letters. */
const NAMES = {
  amex: 'American Express',
  diners: 'Diners Club',
  eps: 'EPS',
  ideal: 'iDEAL',
  jcb: 'JCB',
  p24: 'Przelewy24',
  paypal: 'PayPal',
  sepa_debit: 'SEPA debit',
  unionpay: 'UnionPay',
  us_bank_account: 'US bank account',
};

export function method(given) {
  if (!given) return NONE;
  const { type, brand, last4 } = given;
  const code = brand ?? type;
  const name = NAMES[code] ?? words(code);
  return last4 ? [name, ' ', element('span', { class: 'Mono' }, `•••• ${last4}`)] : name;
}

/** `needs_response` is "Needs response". */
export function words(code) {
  const text = code.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const VIEWS = { pi: 'payments', evt: 'events', req: 'requests' };

/** The address of a view of this world, or of one thing in it. */
export function address(world, view, id, more = {}) {
  const params = new URLSearchParams({ world: world.name, view, ...(id ? { id } : {}), ...more });
  return `/?${params}`;
}

/** An id: a link, where there is something to see. */
export function reference(world, id) {
  const view = VIEWS[id?.split('_')[0]];
  if (!view) return id ? element('code', {}, id) : NONE;
  return element('a', { class: 'Mono', href: address(world, view, id) }, id);
}

/** Copies a text when pressed. */
export function copyButton(text, what) {
  return element('button', { type: 'button', class: 'Copy', 'data-do': 'copy', 'data-text': text }, `Copy ${what}`);
}

/** Links to other pages of a list: `{ Older: { after: 'pi_…' } }`. */
export function pages(to, more) {
  const links = Object.entries(more).map(([name, params]) => element('a', { href: to(params) }, name));
  return links.length > 0 ? element('nav', { class: 'Pages', 'aria-label': 'Pages' }, links) : null;
}

/** What to do where there is nothing to see. */
export function firstCall(title, words, key) {
  const call = `curl ${location.origin}/v1/payment_intents -u ${key}: \\
  -d amount=1999 -d currency=usd -d confirm=true -d payment_method=pm_card_visa \\
  -d return_url=https://shop.example/return`;
  return element(
    'section',
    { class: 'Panel Empty' },
    element('h2', {}, title),
    element('p', {}, words),
    element('pre', { class: 'Json', tabindex: '0', role: 'region', 'aria-label': 'A first call' }, call),
    copyButton(call, 'call'),
  );
}
