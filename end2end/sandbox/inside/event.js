// One event: what happened, to what, and which webhooks have heard of it. It can be sent again.
import { element } from './dom.js';
import { json } from './json.js';
import { deliveryCells } from './list.js';
import { facts } from './payment.js';
import * as show from './show.js';
import { table } from './table.js';

export async function event(world, id) {
  const { event: it, payment, deliveries, receivers } = await world.get(`events/${encodeURIComponent(id)}`);
  return element(
    'article',
    { class: 'Page Detail', 'data-key': id },
    element(
      'header',
      { class: 'Detail-head' },
      element('p', { class: 'Kind' }, 'Event'),
      element('h1', { class: 'Mono', tabindex: '-1' }, it.type),
      element('button', { type: 'button', class: 'Main', 'data-do': 'send-again', 'data-id': id, disabled: receivers === 0 }, 'Send again'),
      element('p', { class: 'Id' }, element('code', {}, id), show.copyButton(id, 'id')),
    ),
    facts([
      ['Time', show.time(it.created)],
      ['Object', show.reference(world, it.data.object.id)],
      payment && payment !== it.data.object.id ? ['Payment', show.reference(world, payment)] : null,
      ['Request', show.reference(world, it.request.id)],
      it.request.idempotency_key ? ['Idempotency key', element('code', {}, it.request.idempotency_key)] : null,
    ]),
    element(
      'section',
      { class: 'Part', 'data-key': 'deliveries' },
      element('h2', {}, 'Deliveries'),
      deliveries.length > 0 ? heard(deliveries) : element('p', { class: 'None' }, nobody(receivers)),
    ),
    json(world, it, 'Event'),
  );
}

function nobody(receivers) {
  return receivers > 0 ? 'It was not sent.' : 'No webhook endpoint hears this event.';
}

function heard(deliveries) {
  const row = (delivery) => ({ key: delivery.id, cells: deliveryCells(delivery) });
  return table('Deliveries', ['Endpoint', 'Status', 'Answers', 'Time'], deliveries.map(row));
}
