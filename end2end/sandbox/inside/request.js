// One request: what was asked, what was answered, and what happened through it.
import { element } from './dom.js';
import { json } from './json.js';
import { related } from './list.js';
import { facts } from './payment.js';
import * as show from './show.js';

export async function request(world, id) {
  const { request: it, params, answer, replayed, events } = await world.get(`requests/${encodeURIComponent(id)}`);
  return element(
    'article',
    { class: 'Page Detail', 'data-key': id },
    element(
      'header',
      { class: 'Detail-head' },
      element('p', { class: 'Kind' }, 'Request'),
      element('h1', { class: 'Mono', tabindex: '-1' }, `${it.method} ${it.path}`),
      show.answerState(it.status),
      element('p', { class: 'Id' }, element('code', {}, id), show.copyButton(id, 'id')),
    ),
    facts([
      ['Time', show.time(it.created)],
      it.idempotency_key ? ['Idempotency key', element('code', {}, it.idempotency_key)] : null,
      replayed ? ['Answer', 'kept from the first request with this key'] : null,
    ]),
    element(
      'section',
      { class: 'Part', 'data-key': 'parameters' },
      element('h2', {}, 'Parameters'),
      params.length === 0
        ? element('p', { class: 'None' }, 'None.')
        : element(
            'dl',
            { class: 'Params' },
            params.map(({ name, value }) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
          ),
    ),
    events.length > 0 ? related(world, 'events', events) : null,
    answer === '' ? element('p', { class: 'None' }, 'The answer was not kept over the restart.') : json(world, answer, 'Answer'),
  );
}
