// Calls that need what the shopper typed: the one place where it leaves the frame, straight for the sandbox's API.
// `callApi` and `mergeForms` come from shared/api.js.

/** How the shopper agreed to debits: by pressing the page's button. */
const AGREED = { customer_acceptance: { type: 'online', online: { infer_from_client: true } } };

/** Where in a call's form the method goes. Where both know a detail, the page's counts. */
const PLACES = {
  'confirmation token': (form, method) => place({ customer_session_client_secret: method.secret, ...form }, method),
  confirmation: (form, method) => place(isCard(method) ? form : { mandate_data: AGREED, ...form }, method),
  'payment method': (form, { data }) => mergeForms(data, form),
  'cvc update': (form, { token }) => mergeForms(token, form),
  token: (form, { token }) => mergeForms(token, { [Object.keys(token)[0]]: form }),
};

/**
 * `call` is `{path, form, as}`, where `as` is a name of `PLACES`. `method` has what its use needs: `data`, a payment
 * method's data; or `saved`, the id of one, with its `type` and the `secret` of its customer session; `token`, the
 * parameters of a token of it; `more`, further fields of a confirmation. Answers `{body}` or `{error}`.
 */
export function send(caller, { path, form, as }, method) {
  return callApi(caller, { path, form: PLACES[as](form, method) });
}

function isCard({ data, type }) {
  return (data?.type ?? type) === 'card';
}

function place({ payment_method_data: given, ...form }, { data, saved, more }) {
  const method = saved ? { payment_method: saved } : { payment_method_data: mergeForms(data, given) };
  return mergeForms(mergeForms(more ?? {}, form), method);
}
