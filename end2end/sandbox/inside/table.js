// Tables: rows of cells under headings; a row may lead somewhere. On a phone a row is a card.
import { element } from './dom.js';

/** Where a phone puts a cell: a state beside the row's name, a time below it. */
const PLACES = {
  Status: 'State',
  Outcome: 'State',
  Webhooks: 'State',
  Created: 'When',
  Time: 'When',
  'Last activity': 'When',
};

/** Nothing to tell. */
export const NONE = '–';

/**
 * @param {string} title what the table lists
 * @param {string[]} columns headings; one that begins with `*` is left out on phones
 * @param {{ key: string, href?: string, cells: (Node | string)[] }[]} rows
 */
export function table(title, columns, rows) {
  const place = (column) => (column.startsWith('*') ? 'Wide' : PLACES[column] ?? null);
  const name = (column) => column.replace('*', '');
  const heading = (column) => element('th', { scope: 'col', class: place(column) }, name(column));
  const row = ({ key, href, cells: [main, ...others] }) =>
    element(
      'tr',
      { 'data-key': key },
      element('th', { scope: 'row' }, href ? element('a', { class: 'Row-link', href }, main) : main),
      others.map((cell, at) => {
        const column = columns[at + 1];
        return element('td', { class: place(column), 'data-column': name(column), 'data-none': cell === NONE }, cell);
      }),
    );
  return element(
    'table',
    { class: 'List' },
    element('caption', { class: 'Unseen' }, title),
    element('thead', {}, element('tr', {}, columns.map(heading))),
    element('tbody', {}, rows.map(row)),
  );
}
