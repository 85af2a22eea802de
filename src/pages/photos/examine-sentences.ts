import { hrefOf } from '../../app/routes.ts';
import type { DataWarning } from '../../photos/examine.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';
import { inSentence } from '../../ui/class-words.ts';

/** What is wrong with the photos, why it matters, and where to do something about it. */
export interface Advice {
  readonly title: string;
  readonly sentence: string;
  readonly action?: { readonly label: string; readonly href: string };
}

const TAKE = { label: 'Take photos', href: hrefOf('capture') };

export function adviceFor(warning: DataWarning): Advice {
  switch (warning.kind) {
    case 'no-photos':
      return {
        title: `No photo of ${inSentence(warning.record.name)}`,
        sentence: `Nothing can be learned of it yet. ${photoCount(warning.missing)} are a start.`,
        action: TAKE,
      };
    case 'few-photos':
      return {
        title: `Few photos of ${inSentence(warning.record.name)}`,
        sentence: `Take about ${wholeNumber(warning.missing)} more, from other sides and in other places.`,
        action: TAKE,
      };
    case 'imbalance': {
      const [most, least] = [inSentence(warning.most.name), inSentence(warning.least.name)];
      return {
        title: `Many more of ${most} than of ${least}`,
        sentence: `${wholeNumber(warning.ratio)} times as many: your model will lean towards ${most}. Take more of ${least}.`,
        action: TAKE,
      };
    }
    case 'no-test':
      return {
        title: `No test photo of ${inSentence(warning.record.name)}`,
        sentence:
          'Chance put them all on the other sides, so nothing judges how well it is known. A few more photos mend that.',
        action: TAKE,
      };
  }
}
