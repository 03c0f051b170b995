// The Address Element: where a parcel goes, or where a bill does.

const ADDRESS_LINES = {
  line1: orNull('string'), line2: orNull('string'), city: orNull('string'), state: orNull('string'),
  postal_code: orNull('string'), country: orNull('string'),
};

/** Countries whose city, state and postal code need two rows: see shared/address-formats.js. */
const TALL_COUNTRIES = ['AR', 'AU', 'BR', 'CA', 'CN', 'ES', 'IN', 'IT', 'JP', 'KR', 'MX', 'MY', 'TR', 'US', 'VN'];

class AddressElement extends StripeElement {
  static type = 'address';
  static frame = { kind: 'elements-inner-address', title: 'Secure address input frame' };
  static options = {
    allowedCountries: orNull(listOf('string')),
    autocomplete: { mode: ['automatic', 'disabled', 'google_maps_api'], apiKey: 'string' },
    blockPoBox: 'boolean',
    contacts: listOf({ name: 'string', phone: orNull('string'), address: ADDRESS_LINES }),
    defaultValues: {
      name: orNull('string'), firstName: orNull('string'), lastName: orNull('string'), phone: orNull('string'),
      address: ADDRESS_LINES,
    },
    display: { name: ['full', 'split', 'organization'] },
    fields: { phone: ['always', 'never', 'auto'], name: ['never', 'auto'] },
    mode: ['shipping', 'billing'],
    validation: { phone: { required: ['always', 'never', 'auto'] } },
  };
  static updatable = ['allowedCountries', 'autocomplete', 'blockPoBox', 'contacts', 'display', 'fields', 'validation'];
  /** One for each mode. */
  static most = Infinity;
  static isSubmitted = true;
  static contributes = true;

  static reservedHeight(group, { defaultValues, fields, contacts, autocomplete }) {
    if (contacts?.length > 0) return contacts.length * 67 + 48;
    const country = defaultValues?.address?.country ?? new Intl.Locale(navigator.language).region;
    const line1 = defaultValues?.address?.line1;
    const isShort = !line1 && ['automatic', 'google_maps_api'].includes(autocomplete?.mode);
    const rows = isShort ? 3 : TALL_COUNTRIES.includes(country) ? 6 : 5;
    const extra = (fields?.phone === 'always' ? 1 : 0) - (fields?.name === 'never' ? 1 : 0);
    return formHeight(group, rows + extra);
  }

  constructor(group, options) {
    super(group, options);
    const { mode } = this._options;
    if (mode === undefined) throw invalidValue("elements.create('address'): mode", 'shipping or billing', null);
    if (group.getElement('address', { mode })) {
      throw new IntegrationError(`Can only create one Element of type address in ${mode} mode.`);
    }
  }

  /** Shows what is missing, and answers `{complete, isNewAddress, value}`. */
  async getValue({ format = 'localized' } = {}) {
    checkShape(format, ['latin', 'localized'], 'address.getValue(): format');
    return this._ask('get value');
  }
}

/** Its forerunner, for parcels alone. */
class ShippingAddressElement extends AddressElement {
  static type = 'shippingAddress';
  static frame = { kind: 'elements-inner-address', title: 'Secure shipping address input frame' };

  constructor(group, options) {
    super(group, { ...options, mode: 'shipping' });
  }
}

registerElement(AddressElement);
registerElement(ShippingAddressElement);
