// One iframe of the sandbox on the merchant's page, and the channel to it. Knows nothing of what the frame shows.
//
// Styles are set through the CSSOM only: a strict Content-Security-Policy on the merchant's page allows nothing else.

const ASSET_HASH = 'e17d1ea2b5c04f7b9a3d6c8f2e5b7a90';
const CONTROLLER_ID = `__privateStripeController${randomDigits()}`;

/** How long a frame may take after its `load` event before it counts as failed: long enough for a slow phone. */
const GREETING_GRACE_MS = 3_000;
/** How long a frame may take in all. */
const LOADING_LIMIT_MS = 30_000;

function randomDigits() {
  return String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(5, '1');
}

/**
 * A frame that is not attached yet. `ready` resolves once the frame's script runs and `receive.hello` has told it what it
 * needs; it rejects when the frame cannot be loaded or is removed first.
 */
function createFrame({ kind, title, parameters = {}, receive }) {
  const word = randomWord();
  const iframe = document.createElement('iframe');
  iframe.name = `__privateStripeFrame${randomDigits()}`;
  iframe.title = title;
  iframe.allow = 'payment *; publickey-credentials-get *';
  iframe.src = `${SANDBOX_ORIGIN}/v3/${kind}-${ASSET_HASH}.html#${new URLSearchParams({
    controllerId: CONTROLLER_ID,
    channel: word,
    origin: window.location.origin,
    ...parameters,
  })}`;

  let greet, fail;
  let greeted = false;
  const ready = new Promise((resolve, reject) => {
    greet = resolve;
    fail = reject;
  });
  ready.catch(() => {});

  const channel = openChannel({
    word,
    peer: () => iframe.contentWindow,
    peerOrigin: SANDBOX_ORIGIN,
    receive: {
      ...receive,
      // A framework that moves the frame in its page reloads it: it then greets again, and is told everything again.
      hello: async () => {
        timers.forEach(clearTimeout);
        greeted = true;
        try {
          await receive.hello?.(channel.send);
          greet();
        } catch (error) {
          fail(error);
        }
      },
    },
  });

  const timers = [setTimeout(() => fail(new Error('frame timed out')), LOADING_LIMIT_MS)];
  iframe.addEventListener('load', () => {
    if (!greeted) timers.push(setTimeout(() => fail(new Error('frame failed to load')), GREETING_GRACE_MS));
  });

  return {
    iframe,
    ready,
    send: (type, body) => ready.then(() => channel.send(type, body), () => {}),
    ask: (type, body) => ready.then(() => channel.ask(type, body)),
    remove(reason) {
      timers.forEach(clearTimeout);
      fail(reason);
      channel.close(reason);
      iframe.remove();
    },
  };
}

/** Sets styles that a merchant's own style sheet cannot override by accident. */
function setStyles(element, styles) {
  for (const [property, value] of Object.entries(styles)) {
    element.style.setProperty(property, value, 'important');
  }
}
