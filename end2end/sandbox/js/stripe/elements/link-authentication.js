// The Link Authentication Element: an e-mail address for the billing details.

class LinkAuthenticationElement extends StripeElement {
  static type = 'linkAuthentication';
  static frame = { kind: 'elements-inner-link-authentication', title: 'Secure email input frame' };
  static options = { defaultValues: { email: 'string' } };
  static isSubmitted = true;
  static contributes = true;

  static reservedHeight(group) {
    return formHeight(group, 1);
  }
}

/** The same without Link. */
class ContactDetailsElement extends LinkAuthenticationElement {
  static type = 'contactDetails';
}

registerElement(LinkAuthenticationElement);
registerElement(ContactDetailsElement);
