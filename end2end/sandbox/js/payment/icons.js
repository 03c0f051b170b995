// The drawings of payment methods, as sources for `drawing()` of shared/dom.js. Badges of our own: no method's logo.

export const MORE_ICON = `
<svg class="p-More" viewBox="0 0 16 16" aria-hidden="true">
  <circle cx="3" cy="8" r="1.5" fill="currentColor" /><circle cx="8" cy="8" r="1.5" fill="currentColor" />
  <circle cx="13" cy="8" r="1.5" fill="currentColor" />
</svg>`;

const frame = (inside) => `<svg class="p-Logo" viewBox="0 0 24 16" aria-hidden="true">${inside}</svg>`;

const CARD = frame(`
  <rect x=".75" y=".75" width="22.5" height="14.5" rx="2.25" fill="none" stroke="currentColor" stroke-width="1.5" />
  <path d="M1 4.500h22v3H1z" fill="currentColor" />`);
const BANK = frame(`
  <path d="M12 1 3 5.500h18zM5 7h2v5H5zm6 0h2v5h-2zm6 0h2v5h-2zM3 13h18v2H3z" fill="currentColor" />`);
const SAVED = frame(`
  <path d="M7 1.500h10v13l-5-3.500-5 3.500z" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linejoin="round" />`);
const DRAWN = { card: CARD, saved: SAVED, sepa_debit: BANK, us_bank_account: BANK };

/** A drawing, or a badge with the first letters of the name. */
export function methodIcon(type, label) {
  if (DRAWN[type]) return DRAWN[type];
  const hue = [...type].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const letters = label.replace(/[^A-Za-z]/g, '').slice(0, 2);
  const ground = frame(`<rect width="24" height="16" rx="3" fill="hsl(${hue} 55% 36%)" />`);
  // The letters are drawn by the style sheet: they are no part of the name.
  return `<span class="p-Badge" data-letters="${letters}" aria-hidden="true">${ground}</span>`;
}
