// The frame of the Express Checkout Element: a button for each wallet. What happens then is the page's and the sheet's.

import { h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { text } from '../shared/texts.js';

const NAMES = {
  apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link', paypal: 'PayPal', amazon_pay: 'Amazon Pay', klarna: 'Klarna',
};
const OPTION = { apple_pay: 'applePay', google_pay: 'googlePay', paypal: 'paypal' };

/** The words on a button, by the option `buttonType`; keys of texts. */
const WORDS = {
  book: 'bookWith', buy: 'buyWith', buynow: 'buyWith', 'check-out': 'checkoutWith', checkout: 'checkoutWith',
  contribute: 'contributeWith', donate: 'donateWith', order: 'orderWith', pay: 'payWith', subscribe: 'subscribeWith',
};

const list = h('div', { class: 'p-Wallets' });
const more = h('button', { class: 'p-More', type: 'button', text: 'showMore', 'aria-expanded': 'false' });
document.body.append(h('div', {}, list, more));
more.addEventListener('click', () => {
  expanded = true;
  layOut();
  list.children[visible()]?.focus();
});

let options = {};
let expanded = false;

const frame = openFrame({
  apply(description) {
    ({ options } = description);
    const shown = [...list.children].map((button) => button.dataset.type);
    if (shown.join() !== description.wallets.join()) list.replaceChildren(...description.wallets.map(walletButton));
    for (const button of list.children) paint(button);
    layOut();
  },
  shown: () => frame.ask('shown'),
  receive: { focus: () => list.firstElementChild?.focus() },
});

addEventListener('resize', layOut);

function walletButton(type) {
  const button = h('button', { class: 'p-Wallet', type: 'button', 'data-type': type });
  button.addEventListener('click', () => frame.ask('click', type).then(() => button.focus()));
  return button;
}

function paint(button) {
  const { type } = button.dataset;
  const option = OPTION[type];
  const key = type === 'link' ? 'payWith' : WORDS[options.buttonType?.[option]];
  button.textContent = key ? text(key, { wallet: NAMES[type] }) : NAMES[type];
  button.dataset.theme = options.buttonTheme?.[option] ?? { apple_pay: 'black', google_pay: 'black', paypal: 'gold' }[type] ?? type;
  document.documentElement.style.setProperty('--buttonHeight', `${options.buttonHeight ?? 44}px`);
}

function columns() {
  return options.layout?.maxColumns || (innerWidth - 8 < 400 ? 1 : 2);
}

/** How many buttons there is room for; `overflow: 'never'` wants all of them. */
function visible() {
  const { maxRows, overflow } = options.layout ?? {};
  return maxRows && overflow !== 'never' ? maxRows * columns() : Infinity;
}

function layOut() {
  list.style.gridTemplateColumns = `repeat(${Math.max(1, Math.min(columns(), list.children.length))}, 1fr)`;
  [...list.children].forEach((button, at) => (button.hidden = !expanded && at >= visible()));
  more.hidden = expanded || list.children.length <= visible();
}
