// The test bank's page: tells the sandbox how the authentication ended, then tells the dialog around it that it has.
// `openChannel` comes from shared/channel.js. What tests find by its name, the title and the buttons, is English in every
// language.

import { setLocale, text, translate } from '../shared/texts.js';

const parameters = new URLSearchParams(location.hash.slice(1));
const complete = document.getElementById('test-source-authorize-3ds');
const fail = document.getElementById('test-source-fail-3ds');
const problem = document.querySelector('.Problem');

const dialog = openChannel({
  word: parameters.get('channel'),
  peer: () => window.parent,
  peerOrigin: parameters.get('origin'),
  receive: { focus: () => complete.focus() },
});

async function end(how) {
  problem.textContent = '';
  complete.disabled = fail.disabled = true;
  try {
    const response = await fetch(`${location.pathname}/${how}`, { method: 'POST' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    dialog.send('completed');
  } catch {
    problem.textContent = text('bankUnreachable');
    complete.disabled = fail.disabled = false;
  }
}

/** Clicks that come to nothing, for a test that wants it so: buttons can be there before they work. */
let lostClicks = Number(parameters.get('lost_clicks'));

function onClick(button, how) {
  button.addEventListener('click', () => {
    if (lostClicks > 0) lostClicks -= 1;
    else end(how);
  });
}

onClick(complete, 'complete');
onClick(fail, 'fail');
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') dialog.send('escape');
});

setLocale(parameters.get('locale') ?? 'auto').then(() => {
  translate();
  document.body.hidden = false;
  dialog.send('hello');
});
