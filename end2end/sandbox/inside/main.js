// The page: which view an address names, live while it is looked at, and what its buttons do.
import { follow } from './changes.js';
import { Clock } from './clock.js';
import { element, updateChildren } from './dom.js';
import { event } from './event.js';
import { list, VIEWS } from './list.js';
import { payment } from './payment.js';
import { request } from './request.js';
import * as show from './show.js';
import { listWorlds, Refusal, World } from './world.js';
import { worlds } from './worlds.js';

const DETAILS = { payments: payment, events: event, requests: request };
const ANNOUNCE_EVERY_MS = 5000;
const NOTICE_MS = 4000;

const main = document.querySelector('#main');
const views = document.querySelector('#views');
const dialog = document.querySelector('#dialog');
const notice = document.querySelector('#notice');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let world;
let clock;
let changes;
let latest;

function place() {
  const params = new URLSearchParams(location.search);
  const view = VIEWS.includes(params.get('view')) ? params.get('view') : 'payments';
  return { world: params.get('world'), view, id: params.get('id'), after: params.get('after'), search: params.get('search') };
}

/** Draws what the address names, in place. */
async function draw() {
  const { view, id, after, search } = place();
  const at = location.href;
  let fresh;
  try {
    if (!world) fresh = await worlds(search, after);
    else if (id && DETAILS[view]) fresh = await DETAILS[view](world, id);
    else fresh = await list(world, view, after);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fresh = problem(error);
  }
  // Meanwhile the reader may have gone on.
  if (at !== location.href) return;
  drawViews(view);
  const isSamePage = main.firstElementChild?.dataset.key === fresh.dataset.key;
  updateChildren(main, element('div', {}, fresh), isSamePage ? flash : undefined);
}

function drawViews(current) {
  views.hidden = !world;
  if (!world) return;
  const link = (view) =>
    element(
      'a',
      { href: show.address(world, view), 'aria-current': view === current ? 'page' : null, 'data-key': view },
      show.words(view),
      ' ',
      element('span', { class: 'Count' }, latest ? show.count(latest[view]) : ''),
    );
  updateChildren(views, element('nav', {}, VIEWS.map(link)));
}

function problem({ status, message }) {
  return element(
    'div',
    { class: 'Page', 'data-key': 'problem' },
    element('h1', { tabindex: '-1' }, status === 404 ? 'Nothing here' : 'This cannot be shown'),
    element('p', { class: 'Lead' }, message),
  );
}

function flash(row) {
  if (calm.matches || row.tagName !== 'TR') return;
  row.animate([{ backgroundColor: 'var(--fresh)' }, { backgroundColor: 'transparent' }], { duration: 1600, easing: 'ease-out' });
}

/** Opens the world that the address names, or the list of them, and draws. */
async function open() {
  const wanted = place().world ?? (await onlyWorld());
  if (wanted !== world?.name) {
    changes?.stop();
    clock?.end();
    latest = undefined;
    world = wanted ? new World(wanted) : undefined;
    if (world) {
      clock = new Clock(document.querySelector('#world'), world);
      changes = follow(world, {
        tick: (news) => {
          latest = news;
          clock.tick(news);
        },
        tell: async (news, last) => {
          await draw();
          announce(news, last);
        },
        lost: () => clock.lost(),
      });
    } else {
      // Nothing tells that there is another world: look now and then.
      const timer = setInterval(() => document.hidden || draw().catch(() => {}), 3000);
      changes = { stop: () => clearInterval(timer), now: draw };
    }
  }
  const { view, id } = place();
  document.title = world ? `${id ?? show.words(view)} – ${world.name} – stripe-sandbox` : 'Worlds – stripe-sandbox';
  await draw();
}

/** With one world there is nothing to choose. */
async function onlyWorld() {
  if (location.search !== '') return null;
  const { data } = await listWorlds({ limit: '2' });
  if (data.length !== 1) return null;
  history.replaceState(null, '', show.address(data[0], 'payments'));
  return data[0].name;
}

async function go(href) {
  history.pushState(null, '', href);
  await open();
  scrollTo(0, 0);
  main.querySelector('h1')?.focus({ preventScroll: true });
}

let announced = 0;

/** Tells those who do not see the rows come, and not too often. */
function announce(news, last) {
  if (!last || Date.now() - announced < ANNOUNCE_EVERY_MS) return;
  const added = ['payments', 'events'].map((kind) => [news[kind] - last[kind], kind.slice(0, -1)]).filter(([more]) => more > 0);
  if (added.length === 0) return;
  announced = Date.now();
  document.querySelector('#news').textContent = `New: ${added.map(([more, noun]) => show.some(more, noun)).join(', ')}.`;
}

let silence;

function say(text) {
  notice.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => {
    notice.textContent = '';
  }, NOTICE_MS);
}

/** What each button does, by its `data-do`. */
const ACTIONS = {
  copy: async ({ text }) => {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  },
  'send-again': async ({ id }) => {
    const { receivers } = await world.get(`events/${id}`);
    await world.post('webhooks', { redeliver: id });
    say(`Sent again to ${show.some(receivers, 'endpoint')}.`);
  },
  advance: async ({ seconds }, button) => {
    await world.post('clock', { advance_seconds: Number(seconds) });
    say(`${button.textContent} later.`);
  },
  freeze: () => world.post('clock', { frozen: true }),
  run: () => world.post('clock', { frozen: false }),
  'ask-reset': () => {
    dialog.replaceChildren(
      element('h2', { id: 'dialog-title' }, `Empty the world ${world.name}?`),
      element('p', {}, 'Payments, customers, events, planned faults: all of it goes. Endpoints given by --webhook stay.'),
      element(
        'div',
        { class: 'Choices' },
        element('button', { type: 'button', 'data-do': 'close', autofocus: true }, 'Keep it'),
        element('button', { type: 'button', class: 'Danger', 'data-do': 'reset' }, 'Empty it'),
      ),
    );
    dialog.showModal();
  },
  close: () => dialog.close(),
  reset: async () => {
    dialog.close();
    await world.post('reset');
    say('Empty.');
    await go(show.address(world, 'payments'));
  },
};

document.addEventListener('click', async (click) => {
  const skip = click.target.closest('.Skip');
  if (skip) {
    click.preventDefault();
    main.focus();
    return;
  }
  const button = click.target.closest('[data-do]');
  if (button) {
    try {
      await ACTIONS[button.dataset.do](button.dataset, button);
      changes.now();
    } catch (error) {
      say(error.message);
    }
    return;
  }
  if (!click.target.closest('.Clock')) document.querySelector('.Clock[open]')?.removeAttribute('open');
  const link = click.target.closest('a[href^="/"]');
  const isPlain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
  if (link && isPlain) {
    click.preventDefault();
    await go(link.getAttribute('href'));
  }
});

document.addEventListener('keydown', ({ key }) => {
  const menu = document.querySelector('.Clock[open]');
  if (key === 'Escape' && menu) {
    menu.removeAttribute('open');
    menu.querySelector('summary').focus();
  }
});

document.addEventListener('input', ({ target }) => {
  if (target.id !== 'search') return;
  history.replaceState(null, '', `/?${new URLSearchParams({ search: target.value })}`);
  draw();
});

addEventListener('popstate', open);
await open();
