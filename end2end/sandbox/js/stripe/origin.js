// Where this script came from, which is also where its frames live, and which release train it speaks.

const SCRIPT_URL = new URL(document.currentScript.src);

/** The sandbox's origin. Frames are loaded from it, and messages to them are addressed to it alone. */
const SANDBOX_ORIGIN = SCRIPT_URL.origin;

/** Where the page's own calls go. A page written for Stripe's hosts may allow calls to this one alone. */
const API_ORIGIN = SANDBOX_ORIGIN === 'https://js.stripe.com' ? 'https://api.stripe.com' : SANDBOX_ORIGIN;

/** Oldest first. `/v3` has no name but the number 3. */
const TRAINS = [3, 'acacia', 'basil', 'clover', 'dahlia', 'endive'];

/** The release train as `Stripe.version` reports it. */
const RELEASE_TRAIN = /^\/v3\/?$/.test(SCRIPT_URL.pathname) ? 3 : SCRIPT_URL.pathname.split('/')[1];

/** Whether this script is of that train or a later one. */
function isSince(train) {
  return TRAINS.indexOf(RELEASE_TRAIN) >= TRAINS.indexOf(train);
}
