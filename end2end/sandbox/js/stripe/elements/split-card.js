// A card in three elements, one frame each. Any of them stands for the whole card.

const PART_OPTIONS = { ...LINE_OPTIONS, placeholder: 'string' };
const UPDATABLE_PART_OPTIONS = Object.keys(PART_OPTIONS);

class SplitCardElement extends StripeElement {
  static options = PART_OPTIONS;
  static updatable = UPDATABLE_PART_OPTIONS;
  static methodType = 'card';

  static reservedHeight(group, options) {
    return lineHeight(options);
  }

  /** The frames of the parts ask each other; which of them there are is known here alone. */
  async _send(call) {
    const parts = SPLIT_CARD.map((Class) => this._group.getElement(Class.type)).filter((part) => part?._mounted);
    // A frame that is not there yet is waited for, and one that cannot load is the answer.
    const wrong = (await Promise.all(parts.map((part) => part._ask('join')))).find((joined) => joined.error);
    if (wrong) return wrong;
    return super._send({ ...call, parts: parts.map((part) => part.constructor.type) });
  }
}

class CardNumberElement extends SplitCardElement {
  static type = 'cardNumber';
  static frame = { kind: 'elements-inner-card-number', title: 'Secure card number input frame' };
  static options = {
    ...PART_OPTIONS,
    disableLink: 'boolean', iconStyle: ['default', 'solid'], preferredNetwork: 'list', showIcon: 'boolean',
  };
  static updatable = [...UPDATABLE_PART_OPTIONS, 'iconStyle', 'showIcon'];
  static events = ['networkschange'];
}

class CardExpiryElement extends SplitCardElement {
  static type = 'cardExpiry';
  static frame = { kind: 'elements-inner-card-expiry', title: 'Secure expiration date input frame' };
}

class CardCvcElement extends SplitCardElement {
  static type = 'cardCvc';
  static frame = { kind: 'elements-inner-card-cvc', title: 'Secure CVC input frame' };
}

const SPLIT_CARD = [CardNumberElement, CardExpiryElement, CardCvcElement];
SPLIT_CARD.forEach(registerElement);
