// Stripe's Appearance API: a theme, variables and rules of the merchant's page, applied inside the frame.
//
// Everything goes through the CSSOM, property by property, so that no text of the page is parsed as a style sheet.

const SHARED = {
  fontFamily: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontSizeBase: '16px',
  fontLineHeight: '1.15',
  fontWeightNormal: '400',
  fontWeightMedium: '500',
  spacingUnit: '4px',
  borderRadius: '5px',
};

const THEMES = {
  stripe: {
    colorPrimary: '#0570de',
    colorBackground: '#ffffff',
    colorText: '#30313d',
    colorTextSecondary: '#5c5e6a',
    colorTextPlaceholder: '#6a6c78',
    colorDanger: '#c9163a',
    inputColorBorder: '#8b93a3',
    inputBoxShadow: '0 1px 1px rgb(0 0 0 / 3%), 0 3px 6px rgb(0 0 0 / 2%)',
    colorScheme: 'light',
  },
  night: {
    colorPrimary: '#85d996',
    colorBackground: '#30313d',
    colorText: '#ffffff',
    colorTextSecondary: '#c9cad4',
    colorTextPlaceholder: '#a9abb8',
    colorDanger: '#fe87a1',
    inputColorBorder: '#777a8b',
    inputBoxShadow: '0 2px 4px rgb(0 0 0 / 30%)',
    colorScheme: 'dark',
    pageBackground: 'linear-gradient(transparent, transparent)',
  },
  flat: {
    colorPrimary: '#0570de',
    colorBackground: '#f1f1f1',
    colorText: '#30313d',
    colorTextSecondary: '#5c5e6a',
    colorTextPlaceholder: '#5f616d',
    colorDanger: '#c9163a',
    inputColorBorder: 'transparent',
    inputBoxShadow: 'none',
    borderRadius: '4px',
    colorScheme: 'light',
  },
};

const CLASSES =
  'AccordionItem Action Block BlockAction BlockDivider Button Checkbox CheckboxInput CheckboxLabel CodeInput Dropdown ' +
  'DropdownItem Error FadeWrapper GroupLabel Input InputCloseIcon InputDivider Label Link Menu MenuAction MenuIcon ' +
  'PasscodeCloseIcon PasscodeShowIcon PickerAction PickerItem RadioIcon RadioIconInner RadioIconOuter RedirectText ' +
  'SecondaryLink Switch SwitchControl Tab TabIcon TabLabel TermsLink TermsText Text';
const SELECTOR = new RegExp(`^\\.(${CLASSES.split(' ').join('|')})(--[a-zA-Z]+)*(::?[a-z-]+)*$`);

const ruleSheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(ruleSheet);

export function applyAppearance({ theme = 'stripe', variables = {}, rules = {}, labels = 'auto', inputs = 'spaced' } = {}) {
  const all = { ...SHARED, ...(THEMES[theme] ?? THEMES.stripe), ...variables };
  const root = document.documentElement;
  root.removeAttribute('style');
  root.dataset.inputs = inputs;
  root.dataset.labels = labels === 'auto' ? { condensed: 'floating', spaced: 'above' }[inputs] : labels;
  for (const [name, value] of Object.entries(all)) {
    if (/^[a-zA-Z0-9]+$/.test(name)) root.style.setProperty(`--${name}`, value);
  }
  ruleSheet.replaceSync('');
  for (const [selector, properties] of Object.entries(rules)) addRule(selector, properties);
}

function addRule(selector, properties) {
  if (!selector.split(',').every((one) => SELECTOR.test(one.trim()))) {
    console.warn(`appearance.rules: ${selector} is not a supported selector and is ignored.`);
    return;
  }
  try {
    insertRule(ruleSheet, selector, properties);
  } catch {
    console.warn(`appearance.rules: ${selector} is not a selector this browser knows and is ignored.`);
  }
}

/** Property by property, in camelCase or with hyphens. Throws on a selector that the browser does not know. */
export function insertRule(sheet, selector, properties) {
  const index = sheet.insertRule(`${selector} {}`, sheet.cssRules.length);
  const { style } = sheet.cssRules[index];
  for (const [property, value] of Object.entries(properties)) {
    style.setProperty(property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value);
  }
}
