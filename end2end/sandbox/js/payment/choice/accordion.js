// Methods as an accordion: a button for each, with its form below the one that is open.

import { drawing, h } from '../../shared/dom.js';
import { text } from '../../shared/texts.js';

const VISIBLE = 5;

/** As choice/tabs.js. `layout` has the options of the accordion. */
export function createAccordion({ onChoose, layout }) {
  const { radios = 'auto', spacedAccordionItems = false, visibleAccordionItemsCount = VISIBLE } = layout;
  const list = h('div', { class: 'p-Accordion', 'data-testid': 'payment-accordion-wrapper' });
  list.classList.toggle('p-Accordion--spaced', spacedAccordionItems);
  list.classList.toggle('p-Accordion--logoAtEnd', layout.paymentMethodLogoPosition === 'end');
  const more = h('button', { class: 'p-AccordionMore AccordionItem', type: 'button', text: 'morePaymentMethods' });
  const node = h('div', {}, list);
  let items = [];
  let chosen = null;
  let all = false;
  let shown = '';

  more.addEventListener('click', () => {
    const first = items[limit()]?.id;
    all = true;
    draw();
    list.querySelector(`[data-value="${first}"]`)?.focus();
  });
  list.addEventListener('keydown', (event) => {
    const buttons = [...list.querySelectorAll('.p-AccordionButton')];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });

  /** None, or one more than the limit, is shown without a button. */
  function limit() {
    const count = visibleAccordionItemsCount || Infinity;
    return all || items.length <= count ? items.length : count;
  }

  function draw() {
    const visible = items.slice(0, limit());
    const hidden = items.slice(limit());
    const opened = hidden.find(({ id }) => id === chosen);
    if (opened) visible.push(opened);
    const present = JSON.stringify(visible);
    if (present !== shown) {
      shown = present;
      const kept = new Map([...list.querySelectorAll('.p-AccordionItem')].map((item) => [item.dataset.id, item]));
      list.replaceChildren(...visible.map((item) => kept.get(item.id) ?? createItem(item)));
      for (const { id, label } of visible) list.querySelector(`[data-id="${id}"] .p-AccordionLabel`).textContent = label;
      if (visible.length < items.length) list.append(more);
      more.textContent = text('morePaymentMethods');
    }
    for (const item of list.querySelectorAll('.p-AccordionItem')) {
      const isOpen = item.dataset.id === chosen;
      item.classList.toggle('AccordionItem--selected', isOpen);
      item.firstChild.setAttribute('aria-expanded', String(isOpen));
      item.lastChild.hidden = !isOpen;
    }
  }

  function createItem({ id, label, icon }) {
    const hasRadio = radios === 'always' || (radios !== 'never' && items.length > 1);
    const panel = h('div', {
      class: 'p-Panel p-AccordionPanel', id: `${id}-panel`, role: 'region', 'aria-labelledby': `${id}-button`, hidden: true,
    });
    const button = h(
      'button',
      {
        class: 'p-AccordionButton', type: 'button', role: 'button', id: `${id}-button`, 'data-value': id,
        'aria-controls': panel.id,
      },
      hasRadio && h('span', { class: 'RadioIcon', 'aria-hidden': 'true' }),
      h('span', { class: 'p-AccordionLogo' }, drawing(icon)),
      h('span', { class: 'p-AccordionLabel' }, label),
    );
    button.addEventListener('click', () => onChoose(id));
    return h('div', { class: 'AccordionItem p-AccordionItem', 'data-id': id }, button, panel);
  }

  return {
    node,

    set(nextItems, nextChosen) {
      items = nextItems;
      chosen = nextChosen;
      draw();
    },

    place: (id) => list.querySelector(`[data-id="${id}"] > .p-Panel`),

    focus: () => list.querySelector('.p-AccordionButton')?.focus(),
  };
}
