// The Card Element: number, date, code and postal code in one line.

class CardElement extends StripeElement {
  static type = 'card';
  static frame = { kind: 'elements-inner-card', title: 'Secure payment input frame' };
  static options = {
    ...LINE_OPTIONS,
    disableLink: 'boolean',
    hideIcon: 'boolean',
    hidePostalCode: 'boolean',
    iconStyle: ['default', 'solid'],
    preferredNetwork: 'list',
    value: { postalCode: 'string' },
  };
  static updatable = [...UPDATABLE_LINE_OPTIONS, 'hideIcon', 'hidePostalCode', 'iconStyle', 'value'];
  static events = ['networkschange'];
  static methodType = 'card';

  static reservedHeight(group, options) {
    return lineHeight(options);
  }
}

registerElement(CardElement);
