// JSON to read: coloured, ids as links, and to be copied whole.
import { element } from './dom.js';
import { copyButton, reference } from './show.js';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const ID = /^"((?:pi|evt|req)_[A-Za-z0-9]+)"$/;

/** A value, or a text that is one. What was cut and is no JSON any more is shown as it is. */
export function json(world, given, title) {
  const text = typeof given === 'string' ? given : JSON.stringify(given, null, 2);
  return element(
    'section',
    { class: 'Panel', 'data-key': `json ${title}` },
    element('div', { class: 'Panel-head' }, element('h2', {}, title), copyButton(text, 'JSON')),
    element('pre', { class: 'Json', tabindex: '0', role: 'region', 'aria-label': title }, coloured(world, text)),
  );
}

function coloured(world, text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, string, colon, word] = found;
    parts.push(text.slice(end, found.index));
    end = found.index + whole.length;
    if (colon) parts.push(element('span', { class: 'Json-key' }, string), colon);
    else if (string) parts.push(shownString(world, string));
    else parts.push(element('span', { class: word ? 'Json-word' : 'Json-number' }, whole));
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

function shownString(world, string) {
  const id = ID.exec(string)?.[1];
  return id ? element('span', {}, '"', reference(world, id), '"') : element('span', { class: 'Json-string' }, string);
}
