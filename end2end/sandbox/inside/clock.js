// The world's name, whether the page is live, its clock, and what can be done to both.
import { element, updateChildren } from './dom.js';
import * as show from './show.js';

const STEPS = [
  ['1 hour', 3600],
  ['1 day', 86_400],
  ['7 days', 604_800],
  ['30 days', 2_592_000],
];

/** Keeps the header's part of a world up to date. */
export class Clock {
  #place;
  #world;
  /** The world's time less the browser's. */
  #ahead = 0;
  #news = null;
  #isLost = false;
  #timer;

  constructor(place, world) {
    this.#place = place;
    this.#world = world;
    this.#draw();
    this.#timer = setInterval(() => this.#run(), 1000);
  }

  tick(news) {
    this.#ahead = news.now * 1000 - Date.now();
    this.#news = news;
    this.#isLost = false;
    this.#draw();
  }

  lost() {
    this.#isLost = true;
    this.#draw();
  }

  end() {
    clearInterval(this.#timer);
    this.#place.replaceChildren();
  }

  #now() {
    if (!this.#news) return '';
    return show.clockTime(this.#news.frozen ? this.#news.now * 1000 : Date.now() + this.#ahead);
  }

  #run() {
    const shown = this.#place.querySelector('.Clock-time');
    if (shown && !this.#isLost) shown.textContent = this.#now();
  }

  #draw() {
    const { frozen } = this.#news ?? {};
    const [word, tone] = this.#isLost ? ['no answer', 'bad'] : frozen ? ['stopped', 'wait'] : ['live', 'good'];
    const fresh = element(
      'div',
      {},
      element('a', { class: 'Bar-current', href: '/?worlds' }, element('span', {}, 'world '), this.#world.name),
      element(
        'details',
        { class: 'Clock', 'data-key': 'clock' },
        element(
          'summary',
          {},
          element('span', { class: 'Unseen' }, 'Clock of this world: '),
          element('span', { class: 'Clock-time' }, this.#now()),
          element('span', { class: `Dot Dot--${tone}` }, word),
        ),
        element(
          'div',
          { class: 'Menu' },
          element('p', { id: 'advance' }, 'Let time pass'),
          element(
            'div',
            { class: 'Menu-steps', role: 'group', 'aria-labelledby': 'advance' },
            STEPS.map(([name, seconds]) => element('button', { type: 'button', 'data-do': 'advance', 'data-seconds': String(seconds) }, name)),
          ),
          element('button', { type: 'button', 'data-do': frozen ? 'run' : 'freeze' }, frozen ? 'Let the clock go on' : 'Stop the clock'),
          element('button', { type: 'button', class: 'Danger', 'data-do': 'ask-reset' }, 'Empty this world…'),
        ),
      ),
    );
    updateChildren(this.#place, fresh);
  }
}
