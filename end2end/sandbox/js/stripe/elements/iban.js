// The IBAN Element: an account for a SEPA debit.

class IbanElement extends StripeElement {
  static type = 'iban';
  static frame = { kind: 'elements-inner-iban', title: 'Secure IBAN input frame' };
  static options = {
    ...LINE_OPTIONS,
    hideIcon: 'boolean',
    iconStyle: ['default', 'solid'],
    placeholderCountry: 'string',
    supportedCountries: listOf('string'),
  };
  static updatable = Object.keys(IbanElement.options);
  static methodType = 'sepa_debit';

  static reservedHeight(group, options) {
    return lineHeight(options);
  }

  constructor(group, options) {
    super(group, options);
    if (this._options.supportedCountries?.includes('SEPA')) return;
    throw new IntegrationError("elements.create('iban') needs the option supportedCountries: ['SEPA'].");
  }
}

registerElement(IbanElement);
