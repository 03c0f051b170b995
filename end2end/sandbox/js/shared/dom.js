// Building a frame's document. Texts are named by their keys, so that they can change with the locale.

/**
 * `h('label', { class: 'Label', for: id, text: 'cardNumber' }, …children)`. `text`, `placeholder` and `label` (the
 * accessible name) are keys of texts/en.js; `true` sets an attribute without value, `false` and absent ones set none.
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(BY_KEY[name] ?? name, value === true ? '' : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** What translate() fills in, by the attribute that holds the key. */
const BY_KEY = { text: 'data-text', placeholder: 'data-placeholder', label: 'data-label' };

/** A drawing from its source, which is a constant of ours. */
export function drawing(source) {
  const template = document.createElement('template');
  template.innerHTML = source.trim();
  return template.content.firstElementChild;
}
