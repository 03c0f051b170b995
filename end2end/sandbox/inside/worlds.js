// The worlds of this sandbox, to choose one.
import { element } from './dom.js';
import * as show from './show.js';
import { table } from './table.js';
import { listWorlds } from './world.js';

const COLUMNS = ['World', 'Payments', '*Events', '*Requests', 'Last activity'];

export async function worlds(search, after) {
  const asked = { ...(search ? { search } : {}), ...(after ? { starting_after: after } : {}) };
  const { data, has_more: hasMore } = await listWorlds(asked);
  const isEmpty = data.length === 0 && !search && !after;
  const more = hasMore ? { Older: { after: data.at(-1).name } } : {};
  return element(
    'div',
    { class: 'Page Worlds', 'data-key': 'worlds' },
    element('h1', { tabindex: '-1' }, 'Worlds'),
    element(
      'p',
      { class: 'Lead' },
      'Any pair of keys ',
      element('code', {}, 'sk_test_NAME'),
      ' and ',
      element('code', {}, 'pk_test_NAME'),
      ' opens a world of its own.',
    ),
    isEmpty
      ? show.firstCall('No world yet', 'The first call with a key makes its world. For example:', 'sk_test_me')
      : [filter(search), data.length === 0 ? element('p', { class: 'None' }, `No world has “${search}” in its name.`) : rows(data)],
    show.pages((params) => `/?${new URLSearchParams({ search: search ?? '', ...params })}`, more),
  );
}

function filter(search) {
  return element(
    'p',
    { class: 'Filter', 'data-key': 'filter' },
    element('label', { for: 'search' }, 'Name'),
    element('input', { id: 'search', type: 'search', value: search ?? '', autocomplete: 'off', spellcheck: 'false' }),
  );
}

function rows(data) {
  const row = (world) => ({
    key: world.name,
    href: show.address(world, 'payments'),
    cells: [
      element('span', { class: 'Mono' }, world.name),
      show.count(world.payments),
      show.count(world.events),
      show.count(world.requests),
      show.time(world.last_activity),
    ],
  });
  return table('Worlds', COLUMNS, data.map(row));
}
