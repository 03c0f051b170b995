// What fields of payment methods besides the card's take: kinds for shared/field.js.

const incomplete = (code) => ({ code, final: false });

/** Any text, which must not be missing. `code` says that it is. */
export function textOf(code, longest = 200) {
  return {
    clean: (text) => text.replace(/\s+/g, ' ').trimStart().slice(0, longest),
    format: (text) => text,
    check: (text) => (text.trim() === '' ? incomplete(code) : null),
  };
}

/** First and last names of two letters at least. */
export const FULL_NAME = {
  ...textOf('incomplete_name'),
  check(text) {
    const names = text.trim().split(' ');
    return names.length > 1 && names.every((name) => name.length > 1) ? null : incomplete('incomplete_full_name');
  },
};

/** A number of so many digits. */
export function digitsOf(code, least, most = least) {
  return {
    clean: (text) => text.replace(/\D/g, '').slice(0, most),
    format: (text) => text,
    check: (digits) => (digits.length < least ? incomplete(code) : null),
  };
}
