// The Card Element: number, date, code and postal code in one line.

class CardElement extends StripeElement {
  static type = 'card';
  static frame = { kind: 'elements-inner-card', title: 'Secure payment input frame' };
  static options = {
    classes: {
      base: 'string', complete: 'string', empty: 'string', focus: 'string', invalid: 'string', webkitAutofill: 'string',
    },
    disabled: 'boolean',
    disableLink: 'boolean',
    hideIcon: 'boolean',
    hidePostalCode: 'boolean',
    iconStyle: ['default', 'solid'],
    preferredNetwork: 'list',
    style: { base: 'object', complete: 'object', empty: 'object', invalid: 'object' },
    value: { postalCode: 'string' },
  };
  static updatable = ['classes', 'disabled', 'hideIcon', 'hidePostalCode', 'iconStyle', 'style', 'value'];
  static events = ['networkschange'];
  static methodType = 'card';

  /** One line of text, as card/page.css has it. */
  static reservedHeight(group, { style }) {
    const { fontSize, lineHeight } = style?.base ?? {};
    return Math.round((parseFloat(fontSize) || 16) * (/^[\d.]+$/.test(lineHeight) ? Number(lineHeight) : 1.2));
  }
}

registerElement(CardElement);
