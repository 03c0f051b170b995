// The Payment Method Messaging Element: that a price can be paid in parts.

const PAY_LATER = listOf(['afterpay_clearpay', 'klarna', 'affirm']);

class PaymentMethodMessagingElement extends StripeElement {
  static type = 'paymentMethodMessaging';
  static frame = { kind: 'elements-inner-payment-method-messaging', title: 'Secure payment method messaging frame' };
  static options = {
    amount: 'number',
    countryCode: [
      'AT', 'AU', 'BE', 'CA', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'IE', 'IT', 'NL', 'NO', 'NZ', 'PL', 'PT',
      'RO', 'SE', 'US',
    ],
    currency: ['AUD', 'CAD', 'CHF', 'CZK', 'DKK', 'EUR', 'GBP', 'NOK', 'NZD', 'PLN', 'RON', 'SEK', 'USD'],
    logoColor: ['black', 'white', 'color'],
    metaData: 'object',
    paymentMethodOrder: PAY_LATER,
    paymentMethodTypes: PAY_LATER,
    paymentMethods: PAY_LATER,
  };
  static updatable = Object.keys(PaymentMethodMessagingElement.options);

  /** One line of text. */
  static reservedHeight({ appearance }) {
    return Math.round((parseFloat(appearance?.variables?.fontSizeBase) || 16) * 1.4);
  }

  constructor(group, options) {
    super(group, options);
    const { amount, currency } = this._options;
    const where = "elements.create('paymentMethodMessaging')";
    if (!Number.isInteger(amount)) throw invalidValue(`${where}: amount`, 'an integer', amount ?? null);
    if (currency === undefined) throw invalidValue(`${where}: currency`, 'a currency code in capitals', null);
  }
}

registerElement(PaymentMethodMessagingElement);
