// The drawings of forms, as sources for `drawing()` of dom.js.

import { drawing, h } from './dom.js';

const BRANDS = `
<div>
  <svg class="p-Brand" data-brand="visa" viewBox="0 0 32 21">
    <rect width="32" height="21" rx="3" fill="#1a3a8f" />
    <text x="16" y="14.5" font-style="italic" fill="#fff">VISA</text>
  </svg>
  <svg class="p-Brand" data-brand="mastercard" viewBox="0 0 32 21">
    <rect x=".5" y=".5" width="31" height="20" rx="2.5" fill="#fff" stroke="#d5d9e0" />
    <circle cx="12.5" cy="10.5" r="6" fill="#e8232a" />
    <circle cx="19.5" cy="10.5" r="6" fill="#f5a01f" fill-opacity=".9" />
  </svg>
  <svg class="p-Brand" data-brand="amex" viewBox="0 0 32 21">
    <rect width="32" height="21" rx="3" fill="#1f72cd" />
    <text x="16" y="13.6" font-size="8" fill="#fff">AMEX</text>
  </svg>
  <svg class="p-Brand" data-brand="discover" viewBox="0 0 32 21">
    <rect x=".5" y=".5" width="31" height="20" rx="2.5" fill="#fff" stroke="#d5d9e0" />
    <path d="M32 11v7a3 3 0 0 1-3 3H12c9-1.5 15-5 20-10z" fill="#f27a20" />
    <text x="16" y="11" font-size="5.6" fill="#20242b">DISCOVER</text>
  </svg>
  <svg class="p-Brand" data-brand="diners" viewBox="0 0 32 21">
    <rect width="32" height="21" rx="3" fill="#0d5a9c" />
    <circle cx="16" cy="10.5" r="7" fill="#fff" />
    <path d="M14.5 6.200v8.600a4.6 4.6 0 0 1 0-8.600zm3 0v8.600a4.6 4.6 0 0 0 0-8.600z" fill="#0d5a9c" />
  </svg>
  <svg class="p-Brand" data-brand="jcb" viewBox="0 0 32 21">
    <rect width="32" height="21" rx="3" fill="#fff" stroke="#d5d9e0" />
    <rect x="5" y="3.5" width="6.5" height="14" rx="2" fill="#1268b3" />
    <rect x="12.75" y="3.5" width="6.5" height="14" rx="2" fill="#d8213b" />
    <rect x="20.5" y="3.5" width="6.5" height="14" rx="2" fill="#2c8f43" />
  </svg>
  <svg class="p-Brand" data-brand="unionpay" viewBox="0 0 32 21">
    <path d="M5 0h9l-4.5 21H3a3 3 0 0 1-3-3.500L3 2a3 3 0 0 1 2-2z" fill="#d8213b" />
    <path d="M13 0h9l-4.5 21h-9z" fill="#10457f" />
    <path d="M21 0h8a3 3 0 0 1 3 3l-3 15.500a3 3 0 0 1-3 2.500h-9.500z" fill="#0a7a7d" />
  </svg>
  <svg class="p-Brand" data-brand="unknown" viewBox="0 0 32 21">
    <rect x=".75" y=".75" width="30.5" height="19.5" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M1 6h30v4H1z" fill="currentColor" />
  </svg>
</div>`;

/** The card's brand at the end of an input; before the first digit the common ones. `show(brand)` changes it. */
export function brandIcons() {
  const node = h('div', { class: 'p-Brands', 'data-brand': 'none', 'aria-hidden': 'true' });
  node.append(...drawing(BRANDS).children);
  return { node, show: (brand) => (node.dataset.brand = brand), get shown() { return node.dataset.brand; } };
}

export const CVC_ICON = `
<svg class="p-CvcIcon" viewBox="0 0 32 21" aria-hidden="true">
  <rect x=".75" y=".75" width="30.5" height="19.5" rx="2.5" fill="none" stroke="currentColor" stroke-width="1.5" />
  <path d="M1 4.500h30v4H1z" fill="currentColor" />
  <path d="M18 13.500h9" stroke="currentColor" stroke-width="3" stroke-dasharray="2 1.5" />
</svg>`;

export const CHEVRON = `
<svg class="p-Chevron" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M2 4.25 6 8l4-3.75" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
</svg>`;

export const BANK_ICON = `
<svg class="p-BankIcon" viewBox="0 0 32 21" width="27" aria-hidden="true">
  <path d="M16 1 27 6.500v2H5v-2zM7 10h3v6H7zm7.500 0h3v6h-3zm7.500 0h3v6h-3zM5 17.500h22V20H5z" fill="currentColor" />
</svg>`;
