// The dialog around the bank's page: says whether the bank is done, or whether the shopper gave up. Knows nothing of the
// payment. `openChannel` and `randomWord` come from shared/channel.js.

import { setLocale, translate } from '../shared/texts.js';

const parameters = new URLSearchParams(location.hash.slice(1));
const locale = parameters.get('locale') ?? 'auto';
const cancel = document.querySelector('.LightboxModalClose');
const [guardBefore, guardAfter] = document.querySelectorAll('.FocusGuard');

const page = openChannel({
  word: parameters.get('channel'),
  peer: () => window.parent,
  peerOrigin: parameters.get('origin'),
  receive: {},
});

const bankUrl = new URL(parameters.get('acs'), location.origin);
/** What a test wants to go wrong: stripe/quirks.js. */
const quirks = JSON.parse(parameters.get('quirks'));
let swaps = quirks.challenge_swaps ?? 0;
let frame;

/** The bank's page, in a frame with a channel of its own. */
function openBank() {
  const word = randomWord();
  frame = document.createElement('iframe');
  frame.id = 'challengeFrame';
  frame.name = 'stripe-challenge-frame';
  frame.title = '3DS Challenge';
  bankUrl.hash = new URLSearchParams({
    channel: word, origin: location.origin, locale, lost_clicks: quirks.lost_clicks ?? 0,
  });
  frame.src = bankUrl;
  const bank = openChannel({
    word,
    peer: () => frame.contentWindow,
    peerOrigin: bankUrl.origin,
    receive: {
      hello: () => (swaps > 0 ? swapBank(bank) : bank.send('focus')),
      completed: () => page.send('completed'),
      escape: giveUp,
    },
  });
  return frame;
}

function swapBank(bank) {
  swaps -= 1;
  bank.close(new Error('The bank opens its page anew.'));
  frame.replaceWith(openBank());
}

function giveUp() {
  cancel.disabled = true;
  page.send('cancelled');
}

cancel.addEventListener('click', giveUp);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') giveUp();
});

if (quirks.slow_challenge_ms) {
  document.querySelector('.LightboxModalContent').style.animation = `slide-in ${quirks.slow_challenge_ms}ms ease-out`;
}

// Tab goes round inside the dialog: what leaves at one end comes in at the other.
guardBefore.addEventListener('focus', () => frame.focus());
guardAfter.addEventListener('focus', () => cancel.focus());

setLocale(locale).then(() => {
  translate();
  document.body.hidden = false;
  document.querySelector('.LightboxModalBody').append(openBank());
  cancel.focus();
  page.send('hello');
});
