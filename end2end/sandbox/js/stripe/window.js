// What the merchant's page gets: `window.Stripe`.

/** Called with or without `new`, as Stripe's own. */
function Stripe(apiKey, options) {
  return new StripeSandbox(apiKey, options);
}
Stripe.version = RELEASE_TRAIN;

// The first of two script tags wins: a page never ends up with objects of two scripts that do not know each other.
window.Stripe ??= Stripe;
