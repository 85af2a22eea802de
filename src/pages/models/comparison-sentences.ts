import { msg, str } from '../../i18n/msg.ts';
import { SIGNIFICANT, type Comparison } from '../../models/compare-models.ts';
import { testPhotoCount, wholeNumber } from '../../ui/phrases.ts';

/** "Of 24 test photos that both were asked about, Model 3 got 22 right and Model 2 got 20." */
export function scoreSentence(
  { count, bothRight, onlyFirst, onlySecond }: Comparison,
  first: string,
  second: string,
): string {
  const right = (only: readonly string[]) => wholeNumber(bothRight.length + only.length);
  const [testPhotos, firstRight, secondRight] = [
    testPhotoCount(count),
    right(onlyFirst),
    right(onlySecond),
  ];
  return msg(
    str`Of ${testPhotos} that both were asked about, ${first} got ${firstRight} right and ${second} got ${secondRight}.`,
  );
}

/** Whether the difference could be chance, according to McNemar's exact test. */
export function chanceSentence(
  { onlyFirst, onlySecond, chance }: Comparison,
  first: string,
  second: string,
): string {
  const differing = onlyFirst.length + onlySecond.length;
  if (differing === 0) {
    return msg('They were right about the very same photos: no difference shows.');
  }
  const better = onlyFirst.length > onlySecond.length ? first : second;
  if (onlyFirst.length === onlySecond.length) {
    return msg(
      'Each was right where the other was wrong equally often: neither shows to be better.',
    );
  }
  const hundredths = Math.round(100 * chance);
  const cases = wholeNumber(hundredths);
  if (chance >= SIGNIFICANT) {
    return msg(
      str`This could well be chance: two equally good models would differ this much in ${cases} of 100 cases. More test photos would tell.`,
    );
  }
  return hundredths < 1
    ? msg(
        str`${better} is very likely better: by chance alone, two equally good models would differ this much in fewer than 1 of 100 cases.`,
      )
    : msg(
        str`${better} is very likely better: by chance alone, two equally good models would differ this much in ${cases} of 100 cases.`,
      );
}
