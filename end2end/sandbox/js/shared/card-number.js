// What can be told about a card from its number alone: brand, shape, check digit. Pure.

const BRANDS = [
  { name: 'amex', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvcLength: 4 },
  { name: 'diners', starts: /^(36|38|39)/, lengths: [14], groups: [4, 6, 4], cvcLength: 3 },
  { name: 'diners', starts: /^30[0-59]/, lengths: [14, 16], groups: [4, 4, 4, 4], cvcLength: 3 },
  { name: 'jcb', starts: /^35/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
  { name: 'visa', starts: /^4/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
  {
    name: 'mastercard',
    starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: [4, 4, 4, 4],
    cvcLength: 3,
  },
  { name: 'discover', starts: /^(6011|64[4-9]|65)/, lengths: [16], groups: [4, 4, 4, 4], cvcLength: 3 },
  { name: 'unionpay', starts: /^(62|81)/, lengths: [16, 17, 18, 19], groups: [4, 4, 4, 4, 3], cvcLength: 3 },
];

/** A number of no brand we know still has to have the usual shape; its code may have either length. */
const UNKNOWN = { name: 'unknown', lengths: [16], groups: [4, 4, 4, 4], cvcLength: null };

export function brandOf(digits) {
  return BRANDS.find(({ starts }) => starts.test(digits)) ?? UNKNOWN;
}

/** Cuts what is too long for the brand, and sets blanks between the groups printed on the card. */
export function formatNumber(digits) {
  const { groups } = brandOf(digits);
  const parts = [];
  let rest = cutNumber(digits);
  for (const size of groups) {
    if (rest === '') break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join(' ');
}

export function cutNumber(digits) {
  return digits.slice(0, Math.max(...brandOf(digits).lengths));
}

/** The check digit that every card number ends with. */
export function passesLuhn(digits) {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    sum += place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0;
}
