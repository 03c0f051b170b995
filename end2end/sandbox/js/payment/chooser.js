// How the shopper chooses between methods: the element's option `layout`.

import { createAccordion } from './choice/accordion.js';
import { createFlat } from './choice/flat.js';
import { createTabs } from './choice/tabs.js';

/** `auto` takes tabs where two of them and the menu have room. */
const NARROW = 420;

/** `layout` is a name, or the object with all its options. Answers the object, with the type that is meant. */
export function readLayout(layout, width) {
  const given = typeof layout === 'object' ? layout : { type: layout };
  const type = { tabs: 'tabs', accordion: 'accordion' }[given.type] ?? (width < NARROW ? 'accordion' : 'tabs');
  return { ...given, type };
}

/** `{node, set(items, chosen), place(id), focus()}` for this number of methods. */
export function createChooser({ layout, count, onChoose }) {
  if (count === 1) return createFlat();
  return layout.type === 'tabs' ? createTabs({ onChoose }) : createAccordion({ onChoose, layout });
}
