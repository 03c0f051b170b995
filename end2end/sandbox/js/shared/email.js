// What a field for an e-mail address takes: a kind for shared/field.js.

const SHAPE = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

export const EMAIL = {
  clean: (text) => text.replace(/\s/g, '').slice(0, 800),
  format: (text) => text,
  check(text) {
    if (text === '') return { code: 'incomplete_email', final: false };
    return SHAPE.test(text) ? null : { code: 'invalid_email', final: false };
  },
};
