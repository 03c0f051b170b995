// What the crate leaves out on purpose, and why. What Stripe's types mark as deprecated, and the second spelling of an
// option that has two, are left out without being named here. An entry that is no longer needed fails the coverage.


const CUSTOM = {
  'customPaymentMethods.options': 'Stripe calls it an alias of payment.',
  'customPaymentMethods.payment.embedded': 'They are functions: Given::with_content.',
  'customPaymentMethods.expressCheckout': 'They are functions: Given::with_content.',
};

/** By group, then by the name in the group; what is left out takes all that belongs to it along. */
export const OMITTED: Record<string, Record<string, string>> = {
  'methods of Stripe': {
    paymentRequest: 'Endive took its button away; the Express Checkout Element replaced it.',
    processOrder: "Stripe's Orders API was withdrawn.",
    retrieveOrder: "Stripe's Orders API was withdrawn.",
  },
  'options of Elements without intent': CUSTOM,
  'options of Elements with intent': CUSTOM,
  'options of Elements at update': CUSTOM,
  elements: {
    shippingAddress: 'Stripe deprecated its methods; the Address Element replaced it.',
  },
};
