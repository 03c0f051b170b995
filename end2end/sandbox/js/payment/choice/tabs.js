// Methods as tabs: as many as there is room for, the others in a menu at the end of the row.

import { drawing, h } from '../../shared/dom.js';
import { text } from '../../shared/texts.js';
import { MORE_ICON } from '../icons.js';

/** In pixels: the least a tab needs, the menu, and the gap between them. */
const TAB = 104;
const MENU = 44;
const GAP = 8;

/** `items` are `{id, label, icon}`; `onChoose(id)` is told what the shopper picks. `place(id)` has room for its form. */
export function createTabs({ onChoose }) {
  const list = h('div', { class: 'p-TabList', role: 'tablist', label: 'paymentMethods' });
  const menu = h('select', { class: 'p-AdditionalPaymentMethods-menu', label: 'morePaymentMethods' });
  const overflow = h('div', { class: 'p-AdditionalPaymentMethods Tab' }, drawing(MORE_ICON), menu);
  const panel = h('div', { class: 'p-Panel', role: 'tabpanel', id: 'payment-panel' });
  const row = h('div', { class: 'p-TabRow' }, list, overflow);
  const node = h('div', { class: 'p-Tabs' }, row, panel);
  let items = [];
  let chosen = null;
  let shown = '';

  menu.addEventListener('change', () => menu.value && onChoose(menu.value));
  list.addEventListener('keydown', moveByKey);
  new ResizeObserver(draw).observe(row);

  function moveByKey(event) {
    const tabs = [...list.children];
    const at = tabs.indexOf(document.activeElement);
    const forwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backwards = forwards === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const step = { [forwards]: at + 1, [backwards]: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    const next = tabs[step % tabs.length];
    onChoose(next.dataset.testid);
    list.querySelector('[aria-selected="true"]')?.focus();
  }

  /** The chosen one is always in sight: it takes the last place of the row. */
  function split() {
    const room = (width) => Math.floor((width + GAP) / (TAB + GAP));
    const width = row.clientWidth || Infinity;
    if (items.length <= room(width)) return { tabs: items, rest: [] };
    const count = Math.max(1, room(width - MENU - GAP));
    const place = items.findIndex(({ id }) => id === chosen);
    const tabs = items.slice(0, count);
    if (place >= count) tabs[count - 1] = items[place];
    return { tabs, rest: items.filter((item) => !tabs.includes(item)) };
  }

  function draw() {
    const { tabs, rest } = split();
    const present = JSON.stringify([tabs, rest]);
    if (present !== shown) {
      shown = present;
      list.replaceChildren(...tabs.map(createTab));
      overflow.hidden = rest.length === 0;
      menu.replaceChildren(new Option('', ''), ...rest.map(({ id, label }) => new Option(label, id)));
    }
    menu.value = '';
    for (const tab of list.children) {
      const isChosen = tab.dataset.testid === chosen;
      tab.classList.toggle('Tab--selected', isChosen);
      tab.setAttribute('aria-selected', String(isChosen));
      const isEntry = isChosen || (!tabs.some(({ id }) => id === chosen) && tab === list.firstChild);
      tab.tabIndex = isEntry ? 0 : -1;
    }
    panel.hidden = chosen === null;
    if (chosen) panel.setAttribute('aria-labelledby', `${chosen}-tab`);
  }

  function createTab({ id, label, icon }) {
    const tab = h(
      'button',
      { class: 'Tab', type: 'button', role: 'tab', id: `${id}-tab`, 'data-testid': id, 'aria-controls': panel.id },
      h('span', { class: 'TabIcon' }, drawing(icon)),
      h('span', { class: 'TabLabel' }, label),
    );
    tab.addEventListener('click', () => onChoose(id));
    return tab;
  }

  return {
    node,

    set(nextItems, nextChosen) {
      items = nextItems;
      chosen = nextChosen;
      list.setAttribute('aria-label', text('paymentMethods'));
      draw();
    },

    place: () => panel,

    focus: () => list.querySelector('[tabindex="0"]')?.focus(),
  };
}
