import { intlTag } from './language.ts';

/** What a field takes: whole numbers only, or decimals too. */
export type NumberKind = 'whole' | 'decimal';

/** Characters that only ever separate groups of digits: kinds of spaces, apostrophes, Arabic. */
const GROUP_ONLY = /[\s\u00A0\u2009\u202F'’٬]/;
/** Invisible marks of writing direction, which `Intl` and keyboards insert. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F]/g;
/** Digits in groups: of three, or as in India of two before the last three. */
const IN_GROUPS = /^\d{1,3}(,\d{2,3})*,\d{3}$/;
/** A number that reads as grouped in one language and as a decimal in another, such as 1.234. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Parses a number as a person types it: in the digits of any script, with or without separators of
 * thousands, with a decimal point or comma, or in a form such as 1e-4.
 *
 * "1,000" can be a thousand or one. In a field for whole numbers it is a thousand, whichever of
 * "." and "," separates; in a field for decimals, the separators of the language decide.
 *
 * @param tag BCP 47 tag of the language; by default, the app's language in the user's region
 * @returns NaN for anything that is not one finite number
 */
export function parseNumber(text: string, kind: NumberKind, tag = intlTag()): number {
  const { decimal, exponent } = separatorsOf(tag);
  const plain = inWesternDigits(text.replace(DIRECTION_MARKS, '').trim())
    .replace(/[−﹣－]/g, '-')
    .replace(/[،，]/g, ',')
    .replace(/．/g, '.')
    .replace(/＋/g, '+')
    .replace(exponent, 'e');
  const [, sign = '', digits = '', power = ''] = /^([+-]?)(.*?)(e[+-]?\d+)?$/is.exec(plain) ?? [];
  const value = withPoint(digits, kind, decimal);
  if (value === undefined || !/^(\d+\.?\d*|\.\d+)$/.test(value)) return NaN;
  const result = Number(sign + value + power);
  return Number.isFinite(result) ? result : NaN;
}

/**
 * A number for a text field, which `parseNumber` reads again as the same number in the same language.
 */
export function numberToEdit(value: number, tag = intlTag()): string {
  return new Intl.NumberFormat(tag, { useGrouping: false, maximumSignificantDigits: 17 }).format(
    value,
  );
}

/** The digits with a point before the decimals and no groups; undefined if the groups are wrong. */
function withPoint(digits: string, kind: NumberKind, decimal: string): string | undefined {
  const marks: readonly string[] = digits.match(/[.,٫]/g) ?? [];
  const last = marks.at(-1);
  const groupMark = GROUP_ONLY.exec(digits)?.[0];
  if (last === undefined) return ungrouped(digits, groupMark);
  const isRepeated = marks.indexOf(last) < marks.length - 1;
  if (isRepeated) return marks.every((mark) => mark === last) ? ungrouped(digits, last) : undefined;
  const isThousand = AMBIGUOUS.test(digits) && (kind === 'whole' || last !== decimal);
  if (isThousand && groupMark === undefined) return ungrouped(digits, last);
  const at = digits.lastIndexOf(last);
  const whole = ungrouped(digits.slice(0, at), groupMark ?? marks.at(-2));
  return whole === undefined ? undefined : `${whole}.${digits.slice(at + 1)}`;
}

/** The digits without that separator of groups; undefined if they do not stand in groups. */
function ungrouped(digits: string, separator: string | undefined): string | undefined {
  if (separator === undefined) return digits;
  const grouped = digits.split(separator).join(',');
  return IN_GROUPS.test(grouped) ? grouped.replaceAll(',', '') : undefined;
}

/** The decimal separator of a language, and what it writes for the e of 1e-4. */
function separatorsOf(tag: string): { readonly decimal: string; readonly exponent: string } {
  const parts = new Intl.NumberFormat(tag, { notation: 'scientific' }).formatToParts(1.5e5);
  const find = (type: Intl.NumberFormatPartTypes) =>
    parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: find('decimal'), exponent: inWesternDigits(find('exponentSeparator')) || 'e' };
}

function inWesternDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** The value of a decimal digit: in Unicode, the ten digits of a script follow one another. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
