// A payment method as a page describes it, in which an element may stand for what the shopper typed.

/**
 * The data of a payment method, `{type, [type]: details, billing_details, …}`, where an element may stand for the
 * details: then it is the one to `send` the form, which lacks them.
 */
function readMethod(stripe, data, type, where) {
  if (typeof type !== 'string') throw invalidValue(`${where}: type`, 'the type of a payment method', type ?? null);
  const { [type]: details, ...rest } = data;
  const form = { ...copyOptions(rest, where), type };
  if (!(details instanceof StripeElement)) {
    return { form: { ...form, [type]: copyOptions(details, where) }, send: (call) => stripe._call(call) };
  }
  if (details.constructor.methodType !== type) {
    throw new IntegrationError(`${where}: a ${details.constructor.type} Element holds no ${type}.`);
  }
  return { form, send: (call) => details._send(call) };
}
