// What a shopper reads, by locale. One file per language in js/texts/; English is what a missing text falls back to.

import english from '../texts/en.js';

/** The languages there is a file for. The first part of a locale chooses: `de-AT` is read in `de`. */
const LANGUAGES = ['en'];

let current = english;
/** The locale itself, for Intl. */
let locale = 'en';

/** The first locale that is known; `auto` stands for the browser's. Resolves once its texts are there. */
export async function setLocale(wanted) {
  const candidates = wanted === 'auto' ? navigator.languages : [wanted];
  const languageOf = (candidate) => candidate.split('-')[0];
  locale = candidates.find((one) => LANGUAGES.includes(languageOf(one))) ?? 'en';
  const language = languageOf(locale);
  current = language === 'en' ? english : (await import(`../texts/${language}.js`)).default;
  document.documentElement.lang = locale;
  document.documentElement.dir = current.direction;
}

export function currentLocale() {
  return locale;
}

/** The text of this key, with `{name}` filled in. */
export function text(key, values = {}) {
  const found = current.texts[key] ?? english.texts[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The API's errors come in English; other locales have texts by code. */
export function errorText({ code, decline_code: declineCode, message }) {
  const { errors } = current;
  return errors?.[declineCode] ?? errors?.[code] ?? message;
}

/** Writes every text below `root` anew. */
export function translate(root = document) {
  for (const node of root.querySelectorAll('[data-text]')) node.textContent = text(node.dataset.text);
  for (const node of root.querySelectorAll('[data-placeholder]')) node.placeholder = text(node.dataset.placeholder);
  for (const node of root.querySelectorAll('[data-label]')) node.setAttribute('aria-label', text(node.dataset.label));
}
