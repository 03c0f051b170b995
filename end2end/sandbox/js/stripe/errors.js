// The two kinds of failure Stripe.js has: a mistake of the page's author is thrown, everything else is an `{error}`.

/** Thrown when the page uses Stripe.js wrongly; a shopper cannot cause it. */
class IntegrationError extends Error {
  constructor(message) {
    super(message);
    this.name = 'IntegrationError';
  }
}

/** Why an element could not be loaded, as the page is told: `stripeError` is the `{error}`. */
class LoadError extends Error {
  constructor(stripeError) {
    super(stripeError.message);
    this.stripeError = stripeError;
  }
}

function invalidValue(where, expected, given) {
  const shown = typeof given === 'string' ? given : JSON.stringify(given);
  return new IntegrationError(`Invalid value for ${where} should be ${expected}. You specified: ${shown}.`);
}

/** What a part of Stripe.js answers that this sandbox does not have yet. */
function notEmulated(what) {
  return {
    error: {
      type: 'invalid_request_error',
      message: `${what} is not emulated by the sandbox yet.`,
    },
  };
}
