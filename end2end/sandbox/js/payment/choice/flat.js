// One method only: there is nothing to choose.

import { h } from '../../shared/dom.js';

/** As choice/tabs.js. */
export function createFlat() {
  const node = h('div', { class: 'p-Panel' });
  return { node, set: () => {}, place: () => node, focus: () => {} };
}
