// Checks of what a page passes. Answers clean copies, throws on mistakes, warns of what Stripe.js ignores.
//
// A shape says what an option may be: 'string', 'boolean', 'number', 'object', 'list' or 'any'; a list of the allowed
// values; an object with a shape per name; or `either(…)` of those.

/** A value that may have one of several shapes, at most one of them an object's. */
function either(...shapes) {
  return (value, where) => {
    const ofObject = (shape) => !Array.isArray(shape) && (shape === 'object' || typeof shape === 'object');
    const fitting = shapes.filter((shape) => ofObject(shape) === isObject(value));
    return checkShape(value, fitting[0] ?? shapes[0], where);
  };
}

/** A value that may also be null, which says nothing. */
function orNull(shape) {
  return (value, where) => (value === null ? null : checkShape(value, shape, where));
}

/** A list of which every item has the shape. */
function listOf(shape) {
  return (value, where) => checkShape(value, 'list', where).map((item, at) => checkShape(item, shape, `${where}[${at}]`));
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Answers the value without the names that the shape does not have. */
function checkShape(value, shape, where) {
  if (typeof shape === 'function') return shape(value, where);
  if (Array.isArray(shape)) {
    if (shape.includes(value)) return value;
    const names = shape.filter((one) => one !== null).join(', ');
    throw invalidValue(where, `one of the following strings: ${names}`, value);
  }
  if (typeof shape === 'object') {
    if (!isObject(value)) throw invalidValue(where, 'an object', value);
    const known = Object.entries(value).filter(([name]) => {
      const isKnown = Object.hasOwn(shape, name);
      if (!isKnown) console.warn(`Unrecognized ${where} parameter: ${name} is not a recognized parameter and is ignored.`);
      return isKnown;
    });
    return Object.fromEntries(known.map(([name, inner]) => [name, checkShape(inner, shape[name], nameIn(where, name))]));
  }
  const fits = { any: true, object: isObject(value), list: Array.isArray(value) }[shape] ?? typeof value === shape;
  if (!fits) throw invalidValue(where, `${/^[aeiou]/.test(shape) ? 'an' : 'a'} ${shape}`, value);
  return value;
}

/** `elements(): mode`, and deeper `elements(): appearance.theme`. */
function nameIn(where, name) {
  return where.endsWith(')') ? `${where}: ${name}` : `${where}.${name}`;
}

/** Options are copied, so that a page that changes its object later changes nothing here, and frames can receive them. */
function copyOptions(options, where) {
  if (options === undefined) return {};
  if (!isObject(options)) throw invalidValue(`${where}: options`, 'an object', options);
  return JSON.parse(JSON.stringify(options));
}

function checkOptions(given, shape, where) {
  return checkShape(copyOptions(given, where), shape, where);
}

function checkPublishableKey(key) {
  if (typeof key !== 'string') {
    throw new IntegrationError('Missing value for Stripe(): apiKey should be a string.');
  }
  if (key === '') {
    throw new IntegrationError('Stripe() was called with an empty string. Pass your publishable key.');
  }
  if (/^(sk|rk)_/.test(key)) {
    throw new IntegrationError(
      'Stripe() was called with a secret key, which must never reach a browser. Pass your publishable key instead.',
    );
  }
  if (key.startsWith('pk_live_')) {
    throw new IntegrationError(
      'This Stripe.js comes from a sandbox, where no real payment exists: it refuses live keys (pk_live_…). Pass a ' +
        'pk_test_ key, or load Stripe.js from https://js.stripe.com.',
    );
  }
  if (!key.startsWith('pk_test_')) {
    throw new IntegrationError('Stripe() was called with something that is not a publishable key (pk_test_…).');
  }
  return key;
}
