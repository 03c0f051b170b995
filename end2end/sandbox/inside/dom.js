// Elements from plain calls, and a tree brought up to date in place, so that what is focused, open or selected stays so.

/** `element('a', { href: '/' }, 'Home')`. Attributes that are null, undefined or false are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '');
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Makes `old` what `fresh` is. Elements with `data-key` are recognised wherever they have moved. */
export function update(old, fresh, isNew = () => {}) {
  for (const { name } of [...old.attributes]) {
    // Whether a reader has opened something is theirs.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  updateChildren(old, fresh, isNew);
}

/** The same for what is inside. */
export function updateChildren(old, fresh, isNew = () => {}) {
  const keyed = new Map([...old.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = keyOf(child) ? keyed.get(keyOf(child)) : isLike(place, child) && place;
    if (!same) {
      old.insertBefore(child, place);
      if (keyOf(child)) isNew(child);
      continue;
    }
    if (same === place) place = place.nextSibling;
    else old.insertBefore(same, place);
    if (same.nodeType === Node.ELEMENT_NODE) update(same, child, isNew);
    else if (same.data !== child.data) same.data = child.data;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

const keyOf = (node) => node.dataset?.key;
const isLike = (one, other) => one?.nodeName === other.nodeName && !keyOf(one);
