// How long, how many and how much: Stripe's types say so in their comments alone, each in one of a few turns of phrase.

/** Both ends included; either may be open. */
export interface Range {
  least?: number;
  most?: number;
}

const NUMBER = '[*`]*(\\d[\\d,]*)[*`]*';

/** Of a text: so many characters. A text that Stripe shortens by itself has no limit. */
const CHARACTERS: [RegExp, keyof Range][] = [
  [/(?:up to|at most|maximum|max length,|limit the identifier to) [*`]*(\d[\d,]*) (?:alphanumeric )?characters/i, 'most'],
  [/the (\d+)-character limit/, 'most'],
  [/maximum character count of (\d[\d,]*)/, 'most'],
  [/at least (\d+) characters/, 'least'],
];

/** Of a list: so many items. */
const ITEMS: [RegExp, keyof Range][] = [
  [new RegExp(`\\bup to (?:a maximum of )?${NUMBER}`, 'i'), 'most'],
  [/\bmaximum of (\d+) (?:line|optional) items\b/, 'most'],
];

/** Of a number. */
const BETWEEN = new RegExp(`\\bbetween ${NUMBER} and ${NUMBER}`, 'i');
const VALUES: [RegExp, keyof Range][] = [
  [/(?:a value up to|limit is) [*`]*(\d[\d,]*)/, 'most'],
  [/(?:greater than or equal to|has to be at least) (\d+)\b/i, 'least'],
];
const POSITIVE = /(?:^an integer|^must be) greater than 0\b/i;

/** What is counted from now on is not within such a range. */
const RELATIVE = /\bfrom (?:now|the current time)\b|\bin the (?:past|future)\b/;

export function charactersOf(description = ''): Range {
  return found(description, CHARACTERS);
}

export function itemsOf(description = ''): Range {
  return found(description, ITEMS);
}

export function valuesOf(description = ''): Range {
  const range = found(description, VALUES);
  for (const sentence of sentences(description)) {
    const [, least, most] = BETWEEN.exec(sentence) ?? [];
    if (least && most) Object.assign(range, { least: number(least), most: number(most) });
    if (POSITIVE.test(sentence)) range.least = 1;
  }
  return range;
}

function found(description: string, patterns: [RegExp, keyof Range][]): Range {
  const range: Range = {};
  for (const sentence of sentences(description)) {
    for (const [pattern, end] of patterns) {
      const value = pattern.exec(sentence)?.[1];
      // What follows narrows it down, for one case or another.
      if (value) range[end] ??= number(value);
    }
  }
  return range;
}

function sentences(description: string): string[] {
  return description.split(/(?<=[.;])\s+(?=[A-Z])|\n{2,}/).filter((it) => !RELATIVE.test(it));
}

function number(text: string): number {
  return Number(text.replaceAll(',', ''));
}
