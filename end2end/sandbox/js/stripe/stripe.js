// The Stripe object and `window.Stripe`: the composition root of the script.

const NOT_YET_METHODS = [
  'collectBankAccountForPayment', 'collectBankAccountForSetup', 'collectBankAccountToken',
  'collectFinancialConnectionsAccounts', 'confirmAcssDebitPayment', 'confirmAcssDebitSetup', 'confirmAffirmPayment',
  'confirmAfterpayClearpayPayment', 'confirmAlipayPayment', 'confirmAmazonPaySetup', 'confirmAuBecsDebitPayment',
  'confirmAuBecsDebitSetup', 'confirmBacsDebitSetup', 'confirmBancontactPayment', 'confirmBancontactSetup',
  'confirmBilliePayment', 'confirmBlikPayment', 'confirmBlikSetup', 'confirmBoletoPayment', 'confirmCardPayment',
  'confirmCardSetup', 'confirmCashappPayment', 'confirmCashappSetup', 'confirmCustomerBalancePayment',
  'confirmEpsPayment', 'confirmFpxPayment', 'confirmGiropayPayment', 'confirmGrabPayPayment', 'confirmIdealPayment',
  'confirmIdealSetup', 'confirmKlarnaPayment', 'confirmKonbiniPayment', 'confirmMobilepayPayment',
  'confirmMultibancoPayment', 'confirmOxxoPayment', 'confirmPayByBankPayment', 'confirmPayNowPayment',
  'confirmPayPalPayment', 'confirmPayPalSetup', 'confirmPayment', 'confirmPixPayment', 'confirmPromptPayPayment',
  'confirmSepaDebitPayment', 'confirmSepaDebitSetup', 'confirmSetup', 'confirmSofortPayment', 'confirmSofortSetup',
  'confirmTwintPayment', 'confirmUsBankAccountPayment', 'confirmUsBankAccountSetup', 'confirmWechatPayPayment',
  'createEmbeddedCheckoutPage', 'createEphemeralKeyNonce', 'createPaymentMethod', 'createRadarSession', 'createToken',
  'handleCardAction', 'initCheckoutElementsSdk', 'initCheckoutFormSdk', 'processOrder', 'retrieveOrder',
  'retrieveSetupIntent', 'verifyIdentity', 'verifyMicrodepositsForPayment', 'verifyMicrodepositsForSetup',
];

class StripeSandbox {
  #apiKey;
  #groups = [];

  constructor(apiKey) {
    this.#apiKey = checkPublishableKey(apiKey);
  }

  elements(options) {
    const group = new Elements(this.#apiKey, options);
    this.#groups.push(group);
    return group;
  }

  async createConfirmationToken({ elements, params } = {}) {
    if (!(elements instanceof Elements)) {
      throw new IntegrationError('stripe.createConfirmationToken() needs elements: the group that holds the payment Element.');
    }
    return elements._createConfirmationToken(copyOptions(params, 'createConfirmationToken()'));
  }

  async handleNextAction({ clientSecret } = {}) {
    if (/^seti_\w+_secret_/.test(clientSecret)) return notEmulated('A next action of a SetupIntent');
    checkClientSecret(clientSecret, 'stripe.handleNextAction()');
    const result = await runNextAction(this.#apiKey, clientSecret);
    if (result.error?.type === 'card_error') this.#groups.forEach((group) => group._showError(result.error));
    return result;
  }

  async retrievePaymentIntent(clientSecret) {
    checkClientSecret(clientSecret, 'stripe.retrievePaymentIntent()');
    const { body, error } = await retrieveIntent(this.#apiKey, clientSecret);
    return error ? { error } : { paymentIntent: body };
  }

  registerAppInfo(wrapper) {
    if (typeof wrapper?.name !== 'string' || wrapper.name === '' || wrapper.name.length > 30) {
      throw new IntegrationError('stripe.registerAppInfo() needs a name of at most 30 characters.');
    }
  }

  /** Called by the loaders that wrap Stripe.js; the sandbox has no statistics to add it to. */
  _registerWrapper() {}
}

for (const name of NOT_YET_METHODS) {
  StripeSandbox.prototype[name] = async () => notEmulated(`stripe.${name}()`);
}

function checkClientSecret(clientSecret, where) {
  if (typeof clientSecret === 'string' && /^pi_\w+_secret_\w+$/.test(clientSecret)) return;
  throw new IntegrationError(
    `Invalid value for ${where}: the client secret should be of the form pi_…_secret_….`,
  );
}

/** Called with or without `new`, as Stripe's own. */
function Stripe(apiKey) {
  return new StripeSandbox(apiKey);
}
Stripe.version = RELEASE_TRAIN;

// The first of two script tags wins: a page never ends up with objects of two scripts that do not know each other.
window.Stripe ??= Stripe;
