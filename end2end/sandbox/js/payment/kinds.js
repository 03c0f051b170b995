// What the fields besides a card's take: kinds for shared/field.js.

const incomplete = (code) => ({ code, final: false });

/** Any text, which must not be missing. `code` says that it is. */
export function textOf(code, longest = 200) {
  return {
    clean: (text) => text.replace(/\s+/g, ' ').trimStart().slice(0, longest),
    format: (text) => text,
    check: (text) => (text.trim() === '' ? incomplete(code) : null),
  };
}

export const EMAIL = {
  ...textOf('incomplete_email'),
  check(text) {
    if (text.trim() === '') return incomplete('incomplete_email');
    return /^\S+@\S+\.\S+$/.test(text.trim()) ? null : incomplete('invalid_email');
  },
};

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

/** Length by country, where it is known. */
const IBAN_LENGTHS = {
  AT: 20, BE: 16, CH: 21, DE: 22, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, IE: 22, IT: 27, LU: 20, NL: 18, PT: 25,
};

export const IBAN = {
  clean: (text) => text.toUpperCase().replace(/[^A-Z\d]/g, '').slice(0, 34),
  format: (iban) => iban.replace(/(.{4})(?=.)/g, '$1 '),
  check(iban) {
    const length = IBAN_LENGTHS[iban.slice(0, 2)];
    if (iban.length < (length ?? 15)) return incomplete('incomplete_iban');
    if (length && iban.length > length) return { code: 'invalid_iban', final: true };
    return hasIbanCheckDigits(iban) ? null : { code: 'invalid_iban', final: Boolean(length) };
  },
};

/** ISO 13616: with the first four signs last and letters as numbers from ten on, the rest by 97 is one. */
function hasIbanCheckDigits(iban) {
  const turned = iban.slice(4) + iban.slice(0, 4);
  const digits = turned.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
