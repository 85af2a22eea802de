/** Formats numbers, counts, lists and times as text in the app's language. */
import { intlTag } from '../i18n/language.ts';
import { msg, str } from '../i18n/msg.ts';
import { plural } from '../i18n/plural.ts';

const integer = new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 0 });
const wholePercent = new Intl.NumberFormat(intlTag(), {
  style: 'percent',
  maximumFractionDigits: 0,
});
const conjunction = new Intl.ListFormat(intlTag(), { type: 'conjunction' });
const disjunction = new Intl.ListFormat(intlTag(), { type: 'disjunction' });

/** "1 photo", "1,234 photos". */
export function photoCount(count: number): string {
  const n = integer.format(count);
  return plural(count, {
    one: msg(str`${n} photo`),
    two: msg(str`${n} photos`, { id: 'photos-two' }),
    few: msg(str`${n} photos`, { id: 'photos-few' }),
    many: msg(str`${n} photos`, { id: 'photos-many' }),
    other: msg(str`${n} photos`),
  });
}

/** "1 test photo", "34 test photos". */
export function testPhotoCount(count: number): string {
  const n = integer.format(count);
  return plural(count, { one: msg(str`${n} test photo`), other: msg(str`${n} test photos`) });
}

/** "1 model", "12 models". */
export function modelCount(count: number): string {
  const n = integer.format(count);
  return plural(count, {
    one: msg(str`${n} model`),
    two: msg(str`${n} models`, { id: 'models-two' }),
    few: msg(str`${n} models`, { id: 'models-few' }),
    many: msg(str`${n} models`, { id: 'models-many' }),
    other: msg(str`${n} models`),
  });
}

/** "1 epoch", "12 epochs". */
export function epochCount(count: number): string {
  const n = integer.format(count);
  return plural(count, {
    one: msg(str`${n} epoch`),
    two: msg(str`${n} epochs`, { id: 'epochs-two' }),
    few: msg(str`${n} epochs`, { id: 'epochs-few' }),
    many: msg(str`${n} epochs`, { id: 'epochs-many' }),
    other: msg(str`${n} epochs`),
  });
}

/** "cats, dogs or birds". */
export function anyOf(items: readonly string[]): string {
  return disjunction.format(items);
}

/** "cats, dogs and birds". */
export function listOf(items: readonly string[]): string {
  return conjunction.format(items);
}

/** "2,257,984". */
export function wholeNumber(value: number): string {
  return integer.format(value);
}

/** 0.958 as "96%", as the language writes it. @param fraction 0 to 1 */
export function percent(fraction: number): string {
  return wholePercent.format(fraction);
}

/** 4,512,345 bytes as "4.5 MB": decimal units, as storage is sold and reported. */
export function fileSize(bytes: number): string {
  const [value, unit] =
    bytes >= 1e9
      ? [bytes / 1e9, 'gigabyte']
      : bytes >= 1e6
        ? [bytes / 1e6, 'megabyte']
        : [bytes / 1e3, 'kilobyte'];
  return new Intl.NumberFormat(intlTag(), {
    style: 'unit',
    unit,
    maximumFractionDigits: value < 100 ? 1 : 0,
  }).format(value);
}

/** Progress of a download as "2.1 of 4.6 MB". Both values are in bytes. */
export function sizeSoFar({ loaded, total }: { loaded: number; total: number }): string {
  const scale = total >= 1e9 ? 1e9 : total >= 1e6 ? 1e6 : 1e3;
  const digits = total / scale < 100 ? 1 : 0;
  const number = new Intl.NumberFormat(intlTag(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const [here, all] = [number.format(loaded / scale), fileSize(total)];
  return msg(str`${here} of ${all}`, { id: 'size-so-far', desc: 'of a download: “2.1 of 4.6 MB”' });
}

/** "0.42 s", "1.8 s", "75 s". */
export function duration(seconds: number): string {
  const digits = seconds < 100 ? 2 : 3;
  const number = new Intl.NumberFormat(intlTag(), { maximumSignificantDigits: digits });
  // The SI symbol: Intl's short form would be "sec".
  return msg(str`${number.format(seconds)} s`, { desc: 's: seconds' });
}

const momentFormat = new Intl.DateTimeFormat(intlTag(), {
  dateStyle: 'medium',
  timeStyle: 'short',
});

/** "3 May 2026, 14:02". @param time milliseconds since the Unix epoch */
export function dateAndTime(time: number): string {
  return momentFormat.format(time);
}

/** "a few seconds", "about 40 seconds", "about 2 minutes": rounded, as an estimate is. */
export function aboutTime(seconds: number): string {
  if (seconds < 4) return msg('a few seconds');
  if (seconds < 60) return about(roundTo(seconds, seconds < 25 ? 5 : 10), 'second');
  const minutes = seconds / 60;
  if (minutes < 59.5) return about(Math.round(minutes), 'minute');
  return about(Math.round(minutes / 6) / 10, 'hour');
}

function about(value: number, unit: 'second' | 'minute' | 'hour'): string {
  if (unit === 'second' && value >= 60) return about(1, 'minute');
  const words = new Intl.NumberFormat(intlTag(), { style: 'unit', unit, unitDisplay: 'long' });
  return msg(str`about ${words.format(value)}`);
}

function roundTo(value: number, step: number): number {
  return Math.max(step, step * Math.round(value / step));
}

/** The text with a capital first letter, to begin a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase(intlTag()) + text.slice(1);
}
