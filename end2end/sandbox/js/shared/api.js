// One call to the sandbox's API as a browser makes it: publishable key, form in, JSON out. Knows no particular endpoint.

/** What every call answers when the network or the server's reply is lost. */
function connectionError() {
  return {
    type: 'api_connection_error',
    message: 'The connection to the payment provider was lost. Check your internet connection and try again.',
  };
}

/**
 * Calls the API and never rejects: answers `{body}`, or `{error}` in the shape of a StripeError.
 * A form is sent as POST; without one it is a GET with `query`.
 */
async function callApi({ origin, apiKey, stripeAccount }, { path, query, form }) {
  const url = new URL(path, origin);
  if (query) url.search = new URLSearchParams(query);
  const headers = { Authorization: `Bearer ${apiKey}` };
  if (stripeAccount) headers['Stripe-Account'] = stripeAccount;
  try {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers,
      body: form && encodeForm(form),
      cache: 'no-store',
      credentials: 'omit',
    });
    const body = await response.json();
    return body.error ? { error: body.error } : { body };
  } catch {
    return { error: connectionError() };
  }
}

/** Nested objects and lists as Stripe's API wants them: `a[b][c]=1`. Absent values are left out. */
function encodeForm(value, form = new URLSearchParams(), name = '') {
  if (value === undefined || value === null) return form;
  if (typeof value !== 'object') {
    form.append(name, String(value));
    return form;
  }
  for (const [key, inner] of Object.entries(value)) {
    encodeForm(inner, form, name ? `${name}[${key}]` : key);
  }
  return form;
}

/** Two forms as one, part by part. What `over` says counts. */
function mergeForms(under, over) {
  const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isMap(under) || !isMap(over)) return over === undefined ? under : over;
  const names = Object.keys({ ...under, ...over });
  return Object.fromEntries(names.map((name) => [name, mergeForms(under[name], over[name])]));
}
