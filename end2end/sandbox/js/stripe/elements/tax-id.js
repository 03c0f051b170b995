// The Tax ID Element: the name and tax ID of a business that buys.

const SHOWN_OR_NOT = ['always', 'never', 'auto'];

class TaxIdElement extends StripeElement {
  static type = 'taxId';
  static frame = { kind: 'elements-inner-tax-id', title: 'Secure tax ID input frame' };
  static options = {
    defaultValues: { businessName: 'string', taxIdType: 'string', taxId: 'string' },
    fields: { businessName: SHOWN_OR_NOT },
    validation: { businessName: { required: SHOWN_OR_NOT }, taxId: { required: SHOWN_OR_NOT } },
    verification: { taxId: { mode: ['if_supported', 'never'] } },
    visibility: SHOWN_OR_NOT,
  };
  static updatable = ['fields', 'validation', 'verification', 'visibility'];
  static isSubmitted = true;

  static reservedHeight(group, { visibility, fields }) {
    if (visibility === 'never') return 0;
    return formHeight(group, fields?.businessName === 'never' ? 1 : 2);
  }

  /** Shows what is missing, and answers what `change` tells. */
  async getValue() {
    return { elementType: 'taxId', ...(await this._ask('get value')) };
  }
}

registerElement(TaxIdElement);
