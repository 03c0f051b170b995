// The element's option `fields`: which billing details the shopper may be asked for.

const LINES = { country: 'country', postal_code: 'postalCode', state: 'state', city: 'city', line1: 'line1', line2: 'line2' };

/** Answers `asks(name)` for `name`, `email`, `phone` and the lines of an address, by this method's own options first. */
export function askedBy(fields = {}, type) {
  const own = fields[type]?.billingDetails ?? fields.billingDetails;
  return (name) => ruleOf(own, name) !== 'never';
}

/** Whether the name is wanted of those, too, who need not give one. */
export function wantsName(fields = {}, type) {
  return ruleOf(fields[type]?.billingDetails ?? fields.billingDetails, 'name') === 'always';
}

function ruleOf(rules, name) {
  if (rules === undefined || typeof rules === 'string') return rules;
  if (!(name in LINES)) return rules[name];
  return typeof rules.address === 'object' ? rules.address[LINES[name]] : rules.address;
}
