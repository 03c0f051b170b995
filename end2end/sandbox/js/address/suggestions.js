// Suggestions while an address is typed: a combobox over a few made-up addresses, for here is no map to ask.

import { h } from '../shared/dom.js';
import { text } from '../shared/texts.js';

const KNOWN = {
  AU: [{ line1: '1 Harbour Lane', city: 'Sydney', state: 'NSW', postal_code: '2000' }],
  CA: [{ line1: '10 Maple Avenue', city: 'Toronto', state: 'ON', postal_code: 'M5T 1T4' }],
  DE: [{ line1: 'Lindenweg 1', city: 'Berlin', state: '', postal_code: '10115' }],
  FR: [{ line1: '1 rue des Tilleuls', city: 'Paris', state: '', postal_code: '75001' }],
  GB: [{ line1: '1 Orchard Street', city: 'London', state: '', postal_code: 'N1 1AA' }],
  US: [
    { line1: '100 Main Street', city: 'San Francisco', state: 'CA', postal_code: '94103' },
    { line1: '100 Market Street', city: 'San Francisco', state: 'CA', postal_code: '94105' },
    { line1: '200 Elm Street', city: 'Brooklyn', state: 'NY', postal_code: '11201' },
  ],
};

/** Suggests from this many letters on. */
const LEAST_LETTERS = 3;

/**
 * Makes a combobox of the input. `country()` is where to look; `onChoose(address)` is told what was chosen, undefined
 * when the shopper wants to write it all.
 */
export function createSuggestions({ input, country, onChoose }) {
  const node = h('ul', { class: 'p-Suggestions', id: 'address-suggestions', role: 'listbox', label: 'suggestions', hidden: true });
  let offers = [];
  let active = -1;
  let enabled = false;

  function open() {
    const typed = input.value.trim().toLowerCase();
    if (!enabled || typed.length < LEAST_LETTERS) return close();
    const found = (KNOWN[country()] ?? []).filter(({ line1 }) => line1.toLowerCase().startsWith(typed));
    offers = [...found, undefined];
    node.replaceChildren(...offers.map((offer, at) => option(offer, at)));
    node.hidden = false;
    activate(-1);
  }

  function option(offer, at) {
    const words = offer ? [offer.line1, offer.city, offer.state, offer.postal_code].filter(Boolean).join(', ') : undefined;
    const classes = offer ? 'p-Suggestion' : 'p-Suggestion p-Suggestion--manual';
    const item = h('li', { class: classes, id: `address-suggestion-${at}`, role: 'option' }, words ?? text('enterManually'));
    // Before the field loses focus, which would close the list.
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('click', () => choose(at));
    return item;
  }

  function choose(at) {
    close();
    onChoose(offers[at]);
  }

  function close() {
    node.hidden = true;
    activate(-1);
  }

  function activate(at) {
    active = at;
    [...node.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === at)));
    if (!enabled) return;
    input.setAttribute('aria-expanded', String(!node.hidden));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `address-suggestion-${at}`);
  }

  input.addEventListener('input', open);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (node.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && active >= 0) choose(active);
    else if (event.key === 'Escape') close();
    else if (step) activate((active + step + offers.length) % offers.length);
    else return;
    event.preventDefault();
  });

  return {
    node,
    set enabled(on) {
      enabled = on;
      const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': node.id, 'aria-expanded': 'false' };
      for (const [name, value] of Object.entries(attributes)) {
        if (on) input.setAttribute(name, value);
        else input.removeAttribute(name);
      }
      if (!on) close();
    },
  };
}
