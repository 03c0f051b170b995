// How to pay by voucher or code, over the merchant's page: numbers or a code to scan, and the way to the test page where the
// payer answers. `openChannel` comes from shared/channel.js.

import { h } from '../shared/dom.js';
import { money } from '../shared/money.js';
import { currentLocale, setLocale, text, translate } from '../shared/texts.js';

/** What of the details is a number for the payer to use, by its name in the API. */
const NUMBERS = ['entity', 'reference', 'number', 'confirmation_number', 'payment_code'];

/** Names that are written as they are in every language. */
const NAMES = {
  boleto: 'Boleto', cashapp: 'Cash App Pay', familymart: 'FamilyMart', konbini: 'Konbini', lawson: 'Lawson', ministop: 'Ministop',
  multibanco: 'Multibanco', oxxo: 'OXXO', paynow: 'PayNow', pix: 'Pix', promptpay: 'PromptPay', seicomart: 'Seicomart',
  swish: 'Swish', upi: 'UPI', wechat_pay: 'WeChat Pay',
};

const parameters = new URLSearchParams(location.hash.slice(1));
const close = document.querySelector('.LightboxModalClose');
const [guardBefore, guardAfter] = document.querySelectorAll('.FocusGuard');
const link = h('a', { target: '_blank', rel: 'noopener', text: 'openTestPage' });

const page = openChannel({
  word: parameters.get('channel'),
  peer: () => window.parent,
  peerOrigin: parameters.get('origin'),
  receive: { start },
});

function start({ method, kind, url, image, details, amount, currency, locale }) {
  setLocale(locale);
  link.href = url;
  const title = text(kind === 'voucher' ? 'voucherTitle' : 'codeTitle', { method: NAMES[method] });
  document.querySelector('#instructions-title').textContent = title;
  document.querySelector('.LightboxModalBody').append(
    ...[
      amount !== undefined && h('p', { class: 'Amount' }, money(amount, currency)),
      image && h('img', { class: 'Code', src: image, alt: text('codeToScan') }),
      numbers(details),
      h('p', { text: kind === 'voucher' ? 'payVoucher' : 'scanCode' }),
      h('p', {}, link),
    ].filter(Boolean),
  );
  translate();
  document.body.hidden = false;
  close.focus();
}

function numbers({ stores, expires_at: expiresAt, expires_after: expiresAfter, ...details }) {
  const all = [details, ...Object.entries(stores ?? {}).map(([store, inner]) => ({ store, ...inner }))];
  const labelOf = (store, name) => [NAMES[store], text(`${name}_label`)].filter(Boolean).join(' · ');
  const rows = all.flatMap(({ store, ...inner }) =>
    NUMBERS.filter((name) => inner[name]).map((name) => row(labelOf(store, name), inner[name])),
  );
  const ends = expiresAt ?? expiresAfter;
  const format = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'long', timeStyle: 'short' });
  if (ends) rows.push(row(text('payUntil'), format.format(ends * 1000)));
  return rows.length > 0 && h('dl', { class: 'Numbers' }, ...rows);
}

const row = (label, value) => h('div', {}, h('dt', {}, label), h('dd', {}, value));

close.addEventListener('click', () => page.send('closed'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') page.send('closed');
});
guardBefore.addEventListener('focus', () => link.focus());
guardAfter.addEventListener('focus', () => close.focus());

page.send('hello');
