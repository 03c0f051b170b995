// What a shopper reads, by locale: one file per language in texts/.

import { ar } from '../texts/ar.js';
import { de } from '../texts/de.js';
import { en } from '../texts/en.js';
import { es } from '../texts/es.js';
import { fr } from '../texts/fr.js';
import { ja } from '../texts/ja.js';
import { zh } from '../texts/zh.js';

/** The first part of a locale chooses: `fr-CA` is read in `fr`. Only the language that is spoken is made. */
const LANGUAGES = { ar, de, en, es, fr, ja, zh };

/** What Intl is given where the locale itself would do something else than the texts do. */
const INTL = {
  // Digits as they are on the card.
  ar: (locale) => `${locale}-u-nu-latn`,
  // The texts are in simplified characters, whichever the region's are.
  zh: () => 'zh',
};

let current = { direction: 'ltr', texts: {} };
let locale = 'en';

/** Texts and, for Intl, locale: `auto` is the first of the browser's that is known, and an unknown one is English. */
function readLocale(wanted) {
  const candidates = wanted === 'auto' ? navigator.languages : [wanted];
  for (const candidate of candidates) {
    const language = candidate.split('-')[0].toLowerCase();
    if (Object.hasOwn(LANGUAGES, language) && isWellFormed(candidate)) {
      return { language, locale: candidate, intl: INTL[language]?.(candidate) ?? candidate };
    }
  }
  return { language: 'en', locale: 'en', intl: 'en' };
}

function isWellFormed(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** The locale of all texts from now on. */
export function setLocale(wanted) {
  const { language, locale: read, intl } = readLocale(wanted);
  current = LANGUAGES[language]();
  locale = intl;
  document.documentElement.lang = read;
  document.documentElement.dir = current.direction;
}

/** For Intl. */
export function currentLocale() {
  return locale;
}

/** The text of this key, with `{name}` filled in. */
export function text(key, values = {}) {
  return (current.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The API's errors come in English; other languages have texts by code. */
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
