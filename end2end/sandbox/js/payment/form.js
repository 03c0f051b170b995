// What the forms of all methods have in common: a list of fields that are checked, shown and cleared together.

/**
 * `fields` are of shared/field.js; `fieldOf(error)` names the one that an error of the API is about. `own` has the rest of a
 * form, as methods.js describes it, and may replace what is here.
 */
export function createForm({ type, node, fields, fieldOf = () => fields[0], onChange, own }) {
  const form = {
    type,
    node,

    /** After the texts have changed. */
    show: () => fields.forEach((field) => field.show()),

    get empty() {
      return fields.every((field) => field.hidden || field.empty);
    },

    get complete() {
      return fields.every((field) => field.problem === null);
    },

    /** Shows every error, leads to the first and answers it; null when all is well. */
    validate() {
      fields.forEach((field) => (field.forgive(), field.insist()));
      const first = fields.find((field) => field.problem);
      first?.focus();
      return first?.problem ?? null;
    },

    /** Shows what a bank or the API said. */
    refuse(error) {
      const named = fieldOf(error);
      (named?.hidden ? fields.find((field) => !field.hidden) : named)?.refuse(error);
    },

    clear() {
      fields.forEach((field) => (field.value = ''));
      onChange();
    },

    focus: () => (fields.find((field) => field.problem) ?? fields.find((field) => !field.hidden))?.focus(),

    setReadOnly: (readOnly) => fields.forEach((field) => field.setReadOnly(readOnly)),

    forgive: () => fields.forEach((field) => field.forgive()),

    /** What `change` tells of the billing details. */
    address: () => undefined,
  };
  return Object.defineProperties(form, Object.getOwnPropertyDescriptors(own));
}
