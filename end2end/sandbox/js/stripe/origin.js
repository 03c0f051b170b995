// Where this script came from, which is also where its frames and its API live.

const SCRIPT_URL = new URL(document.currentScript.src);

/** The sandbox's origin. Frames are loaded from it, and messages to them are addressed to it alone. */
const SANDBOX_ORIGIN = SCRIPT_URL.origin;

/** The release train as `Stripe.version` reports it: `endive`, or the number 3 for `/v3`. */
const RELEASE_TRAIN = /^\/v3\/?$/.test(SCRIPT_URL.pathname) ? 3 : SCRIPT_URL.pathname.split('/')[1];
