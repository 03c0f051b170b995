// The older elements, which are single lines without labels: their inputs, and the option `style` that paints them.

import { insertRule } from './appearance.js';
import { h } from './dom.js';
import { Field } from './field.js';

/** The properties that the option `style` may set; `iconColor` is the icon's. */
const PROPERTIES = new Set([
  'backgroundColor', 'color', 'fontFamily', 'fontSize', 'fontSmoothing', 'fontStyle', 'fontVariant', 'fontWeight',
  'letterSpacing', 'lineHeight', 'padding', 'textAlign', 'textDecoration', 'textShadow', 'textTransform',
]);
const PSEUDO = /^::?[a-z-]+$/;
const STATES = { base: '', complete: '.is-complete', empty: '.is-empty', invalid: '.is-invalid' };

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

/** `label` and `placeholder` are keys of texts; `kind` is what `Field` takes. */
export function createLineField({ name, label, placeholder, autocomplete, inputMode = 'numeric', kind, onInput }) {
  const input = h('input', {
    class: 'InputElement', name, label, placeholder, type: 'text', inputmode: inputMode, autocomplete, spellcheck: 'false',
    'aria-required': 'true', dir: 'ltr',
  });
  return new Field({ input, kind, onInput });
}

/** The page's own words in place of ours. */
export function setPlaceholder(field, words) {
  if (words === undefined) return;
  delete field.input.dataset.placeholder;
  field.input.placeholder = words;
}

/** Marks each field's state, which the option `style` paints. */
export function showStates(fields) {
  for (const field of fields) {
    const { classList } = field.input;
    classList.toggle('is-empty', field.empty);
    classList.toggle('is-complete', !field.empty && field.problem === null);
    classList.toggle('is-invalid', field.shownProblem !== null);
  }
}

export function applyStyle(style = {}) {
  sheet.replaceSync('');
  for (const [state, suffix] of Object.entries(STATES)) {
    const { iconColor, ...properties } = style[state] ?? {};
    addRule(`.InputElement${suffix}`, properties);
    if (iconColor) insertRule(sheet, `.Line:has(.InputElement${suffix}) .LineIcon`, { color: iconColor });
    for (const [pseudo, inner] of Object.entries(properties)) {
      if (PSEUDO.test(pseudo)) addRule(`.InputElement${suffix}${pseudo}`, inner);
    }
  }
}

function addRule(selector, properties) {
  const known = Object.entries(properties).filter(([property]) => PROPERTIES.has(property));
  try {
    insertRule(sheet, selector, Object.fromEntries(known));
  } catch {
    // Another browser's pseudo class.
  }
}

/** The first error that is to be seen, as `change` tells it. */
export function shownError(fields) {
  const problem = fields.map((field) => field.shownProblem).find(Boolean);
  return problem && { type: 'validation_error', code: problem.code, message: problem.message };
}

/** Shows every error, leads to the first and answers it as `change` tells it; undefined when all is well. */
export function insist(fields) {
  const error = reveal(fields);
  fields.find((field) => field.problem)?.focus();
  return error;
}

/** Shows every error and answers the first. */
export function reveal(fields) {
  fields.forEach((field) => field.insist());
  showStates(fields);
  return shownError(fields);
}
