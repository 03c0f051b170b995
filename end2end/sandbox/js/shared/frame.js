// What the frame of every element does: it joins the form to the merchant's page, in the page's locale and appearance.
// The page learns whether the form is complete, never what is in it. `openChannel` comes from shared/channel.js.

import { applyAppearance } from './appearance.js';
import { send } from './send.js';
import { errorText, setLocale, translate } from './texts.js';

/**
 * `apply({options, group, payment, choices})` takes what the page wants, at the start and whenever it changes; `shown()`
 * follows once it can be seen. `method(as, call)` answers what the shopper entered, as shared/send.js takes it, or `{error}`;
 * `onDecline(error)` is told what a bank says of it. `receive` has handlers for further messages; every handler waits
 * until the frame has started.
 *
 * Answers `{caller, tell, ask, change}`: who calls the API, an event for the page's listeners, a question to the element's
 * class on the page, and the `change` event, told only when it differs from the last.
 */
export function openFrame({ apply, shown = () => {}, method, onDecline = () => {}, receive = {} }) {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const body = document.body;
  let caller = null;
  let started = false;
  let told = '';
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));

  const handlers = {
    blur: () => document.activeElement?.blur(),
    send: async (call) => {
      const entered = await method(call.as, call);
      if (entered.error) return { error: entered.error };
      const answer = await send(caller, call, entered);
      if (answer.error?.type !== 'card_error') return answer;
      onDecline(answer.error);
      return { error: { ...answer.error, message: errorText(answer.error) } };
    },
    ...receive,
  };
  const waiting = Object.entries(handlers).map(([type, handle]) => [type, (message) => begun.then(() => handle(message))]);

  const channel = openChannel({
    word: parameters.get('channel'),
    peer: () => window.parent,
    peerOrigin: parameters.get('origin'),
    receive: { ...Object.fromEntries(waiting), start: show, update: show },
  });

  function show(description) {
    caller = { ...description.caller, origin: location.origin };
    applyAppearance(description.group.appearance);
    setLocale(description.locale);
    apply(description);
    translate();
    body.hidden = false;
    tellHeight();
    if (!started) channel.send('ready');
    started = true;
    shown();
    begin();
  }

  function tell(name, details) {
    channel.send('event', { name, body: details });
  }

  function change(details) {
    if (!started || JSON.stringify(details) === told) return;
    told = JSON.stringify(details);
    tell('change', details);
  }

  function tellHeight() {
    if (!body.hidden) channel.send('height', Math.ceil(body.getBoundingClientRect().height));
  }

  /** Focus that only moves from field to field is no event for the page. */
  let focused = false;
  document.addEventListener('focusin', () => {
    if (!focused) tell('focus');
    focused = true;
  });
  document.addEventListener('focusout', () => {
    setTimeout(() => {
      if (document.hasFocus() && document.activeElement !== body) return;
      if (focused) tell('blur');
      focused = false;
    });
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tell('escape');
  });
  document.addEventListener('submit', (event) => event.preventDefault());

  new ResizeObserver(tellHeight).observe(body);
  channel.send('hello');

  return { get caller() { return caller; }, tell, change, ask: channel.ask };
}
