import type { Comparison } from '../../models/compare-models.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';

/** Below it a difference is usually taken for real. */
const SIGNIFICANT = 0.05;

/** "Of 24 test photos that both were asked about, Model 3 got 22 right and Model 2 got 20." */
export function scoreSentence(
  { count, bothRight, onlyFirst, onlySecond }: Comparison,
  first: string,
  second: string,
): string {
  const right = (only: readonly string[]) => wholeNumber(bothRight.length + only.length);
  return `Of ${photoCount(count, 'test')} that both were asked about, ${first} got ${right(onlyFirst)} right and ${second} got ${right(onlySecond)}.`;
}

/** Whether the difference could be chance, by the exact form of McNemar's test. */
export function chanceSentence(
  { onlyFirst, onlySecond, chance }: Comparison,
  first: string,
  second: string,
): string {
  const differing = onlyFirst.length + onlySecond.length;
  if (differing === 0) return 'They were right about the very same photos: no difference shows.';
  const better = onlyFirst.length > onlySecond.length ? first : second;
  if (onlyFirst.length === onlySecond.length) {
    return 'Each was right where the other was wrong equally often: neither shows to be better.';
  }
  const odds = `two equally good models would differ this much in ${hundredths(chance)}`;
  return chance < SIGNIFICANT
    ? `${better} is very likely better: by chance alone, ${odds}.`
    : `This could well be chance: ${odds}. More test photos would tell.`;
}

/** "23 of 100 cases". */
function hundredths(chance: number): string {
  const cases = Math.round(100 * chance);
  return cases < 1 ? 'fewer than 1 of 100 cases' : `${wholeNumber(cases)} of 100 cases`;
}
