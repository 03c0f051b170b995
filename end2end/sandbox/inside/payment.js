// One payment: what became of it and why, everything that belongs to it, and its JSON.
import { element } from './dom.js';
import { json } from './json.js';
import { related } from './list.js';
import * as show from './show.js';
import { NONE, table } from './table.js';

export async function payment(world, id) {
  const found = await world.get(`payments/${encodeURIComponent(id)}`);
  const { payment: line, intent, charges, refunds, disputes, events, requests } = found;
  const amount = (minor) => show.money(minor, line.currency, line.decimals);
  return element(
    'article',
    { class: 'Page Detail', 'data-key': id },
    element(
      'header',
      { class: 'Detail-head' },
      element('p', { class: 'Kind' }, 'Payment'),
      element('h1', { tabindex: '-1' }, amount(line.amount), ' ', element('small', {}, line.currency.toUpperCase())),
      show.paymentState(line),
      element('p', { class: 'Id' }, element('code', {}, id), show.copyButton(id, 'id')),
    ),
    line.failure
      ? element('p', { class: 'Failure' }, element('b', {}, line.failure.decline_code ?? line.failure.code), ' ', line.failure.message)
      : null,
    facts([
      ['Status', element('code', {}, words(intent.status))],
      ['Created', show.time(intent.created)],
      ['Method', show.method(line.method)],
      ['Customer', [line.customer_name, line.email, line.customer].filter(Boolean).join(' · ') || NONE],
      ['Received', amount(intent.amount_received)],
      intent.amount_capturable > 0 ? ['To capture', amount(intent.amount_capturable)] : null,
      line.amount_refunded > 0 ? ['Refunded', amount(line.amount_refunded)] : null,
      intent.canceled_at ? ['Canceled', show.time(intent.canceled_at)] : null,
      intent.description ? ['Description', intent.description] : null,
      ...Object.entries(intent.metadata).map(([name, value]) => [name, value, 'metadata']),
    ]),
    part('Charges', charges, (charge) => [
      ['Charge', element('code', {}, charge.id)],
      ['Amount', amount(charge.amount)],
      ['Outcome', chargeState(charge)],
      ['Says', charge.failure_message ?? charge.outcome?.seller_message ?? NONE],
      ['Created', show.time(charge.created)],
    ]),
    part('Refunds', refunds, (refund) => [
      ['Refund', element('code', {}, refund.id)],
      ['Amount', amount(refund.amount)],
      ['Status', show.pill(refund.status, TONES[refund.status])],
      ['Reason', refund.reason ?? NONE],
      ['Created', show.time(refund.created)],
    ]),
    part('Disputes', disputes, (dispute) => [
      ['Dispute', element('code', {}, dispute.id)],
      ['Amount', amount(dispute.amount)],
      ['Status', show.pill(show.words(dispute.status), TONES[dispute.status])],
      ['Reason', dispute.reason],
      ['Created', show.time(dispute.created)],
    ]),
    related(world, 'events', events),
    related(world, 'requests', requests),
    json(world, intent, 'PaymentIntent'),
  );
}

const TONES = { succeeded: 'good', won: 'good', pending: 'wait', failed: 'bad', lost: 'bad', needs_response: 'bad' };

function chargeState(charge) {
  if (charge.status === 'failed') return show.pill(charge.outcome?.reason ?? charge.failure_code ?? 'failed', 'bad');
  if (charge.status === 'pending') return show.pill('pending', 'wait');
  return charge.captured ? show.pill('captured', 'good') : show.pill('uncaptured', 'wait');
}

/** `requires_payment_method`, which narrow screens may break between its words. */
function words(name) {
  return name.split(/(?<=_)/).flatMap((word) => [word, element('wbr')]);
}

/** Names and values. */
export function facts(pairs) {
  const fact = ([name, value, note]) =>
    element('div', {}, element('dt', {}, name, note ? element('small', {}, ` ${note}`) : null), element('dd', {}, value));
  return element('dl', { class: 'Facts' }, pairs.filter(Boolean).map(fact));
}

/** Objects that have no page of their own. `columns` gives an object's names and values. */
function part(title, objects, columns) {
  if (objects.length === 0) return null;
  const names = columns(objects[0]).map(([name]) => name);
  const row = (object) => ({ key: object.id, cells: columns(object).map(([, value]) => value) });
  return element(
    'section',
    { class: 'Part', 'data-key': title },
    element('h2', {}, title),
    table(title, names, objects.map(row)),
  );
}
