// A page of a list: fifty rows, newest first, each leading to what it tells of.
import { element } from './dom.js';
import * as show from './show.js';
import { NONE, table } from './table.js';

const MOST = 50;

/** What each view lists: its columns, where a row leads, and a row's cells. */
const LISTS = {
  payments: {
    columns: ['Amount', 'Status', 'Method', 'Customer', 'Decline reason', '*Payment', 'Created'],
    to: ({ id }) => ['payments', id],
    cells: (payment) => [
      element('span', { class: 'Amount' }, show.money(payment.amount, payment.currency, payment.decimals)),
      show.paymentState(payment),
      show.method(payment.method),
      payment.email ?? payment.customer_name ?? payment.customer ?? NONE,
      payment.failure ? payment.failure.decline_code ?? payment.failure.code : NONE,
      element('code', {}, payment.id),
      show.time(payment.created),
    ],
  },
  events: {
    columns: ['Event', 'Object', 'Webhooks', '*Id', 'Time'],
    to: ({ id }) => ['events', id],
    cells: (event) => [
      element('span', { class: 'Mono' }, event.type),
      event.object ? element('code', {}, event.object) : NONE,
      show.sentState(event),
      element('code', {}, event.id),
      show.time(event.created),
    ],
  },
  deliveries: {
    columns: ['Event', 'Endpoint', 'Status', 'Answers', 'Time'],
    to: ({ event }) => ['events', event],
    cells: (delivery) => [element('span', { class: 'Mono' }, delivery.type), ...deliveryCells(delivery)],
  },
  requests: {
    columns: ['Request', 'Status', '*Idempotency key', '*Id', 'Time'],
    to: ({ id }) => ['requests', id],
    cells: (request) => [
      element('span', { class: 'Mono' }, element('b', {}, request.method), ' ', request.path),
      show.answerState(request.status),
      request.idempotency_key ? element('code', {}, request.idempotency_key) : NONE,
      element('code', {}, request.id),
      show.time(request.created),
    ],
  },
};

export const VIEWS = Object.keys(LISTS);

/** Loads a page and draws it. */
export async function list(world, view, after) {
  const page = new URLSearchParams({ limit: MOST, ...(after ? { starting_after: after } : {}) });
  const { data, has_more: hasMore } = await world.get(`${view}?${page}`);
  const more = { ...(after ? { Newest: {} } : {}), ...(hasMore ? { Older: { after: data.at(-1).id } } : {}) };
  return element(
    'div',
    { class: 'Page', 'data-key': `${view} ${after ?? ''}` },
    element('h1', { class: 'Unseen', tabindex: '-1' }, show.words(view)),
    data.length === 0 && !after ? nothingYet(world, view) : rowsOf(world, view, data),
    show.pages((params) => show.address(world, view, null, params), more),
  );
}

/** The same rows, to stand below something else. */
export function related(world, view, objects) {
  return element(
    'section',
    { class: 'Part', 'data-key': view },
    element('h2', {}, show.words(view)),
    objects.length === 0 ? element('p', { class: 'None' }, 'None.') : rowsOf(world, view, objects),
  );
}

/** Endpoint, status, answers, time. */
export function deliveryCells({ url, status, attempts, created }) {
  return [element('span', { class: 'Url' }, url), show.deliveryState(status), show.answers(attempts), show.time(created)];
}

function rowsOf(world, view, objects) {
  const { columns, to, cells } = LISTS[view];
  const row = (object) => ({ key: object.id, href: show.address(world, ...to(object)), cells: cells(object) });
  return table(show.words(view), columns, objects.map(row));
}

function nothingYet(world, view) {
  if (view !== 'deliveries') return show.firstCall(`No ${view} yet`, 'They appear here as they happen. For example:', world.secretKey);
  return element(
    'section',
    { class: 'Panel Empty' },
    element('h2', {}, 'No deliveries yet'),
    element('p', {}, 'Start the sandbox with --webhook URL, or make an endpoint with POST /v1/webhook_endpoints.'),
  );
}
