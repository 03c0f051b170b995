// The Currency Selector Element. Other currencies than the payment's come with a Checkout Session that converts prices;
// here the shopper sees the one there is.

class CurrencySelectorElement extends StripeElement {
  static type = 'currencySelector';
  static frame = { kind: 'elements-inner-currency-selector', title: 'Secure currency selector' };
  static needsIntent = true;

  static reservedHeight({ amount }) {
    return amount === undefined ? 0 : 44;
  }
}

registerElement(CurrencySelectorElement);
