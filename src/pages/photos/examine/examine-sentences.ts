import { hrefOf } from '../../../session/routes.ts';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { DataWarning } from '../../../photos/examine.ts';
import { photoCount, wholeNumber } from '../../../ui/phrases.ts';

/** A warning about the photos, in words, and a link to a page where the user can act on it. */
export interface Advice {
  readonly title: string;
  readonly sentence: string;
  readonly action?: { readonly label: string; readonly href: string };
}

const TAKE = { label: msg('Take photos'), href: hrefOf('capture') };

/**
 * Whose split it is.
 *
 * @param bySet number of photos in the split that their data set puts them in, 1 or more
 * @param all number of photos
 */
export function bySetSentence(bySet: number, all: number): string {
  if (bySet === all) return msg('All of them are on the side where their set puts them.');
  const n = wholeNumber(bySet);
  return plural(bySet, {
    one: msg(str`${n} of them is on the side where its set puts it; the app chose for the others.`),
    other: msg(
      str`${n} of them are on the side where their set puts them; the app chose for the others.`,
    ),
  });
}

/** The text for a warning about the photos. */
export function adviceFor(warning: DataWarning): Advice {
  switch (warning.kind) {
    case 'no-photos': {
      const { name } = warning.record;
      const photos = photoCount(warning.missing);
      return {
        title: msg(str`No photo of ${name}`),
        sentence: msg(str`Nothing can be learned of it yet. ${photos} are a start.`),
        action: TAKE,
      };
    }
    case 'few-photos': {
      const { name } = warning.record;
      const missing = wholeNumber(warning.missing);
      return {
        title: msg(str`Few photos of ${name}`),
        sentence: msg(str`Take about ${missing} more, from other sides and in other places.`, {
          desc: 'photos',
        }),
        action: TAKE,
      };
    }
    case 'imbalance': {
      const [most, least] = [warning.most.name, warning.least.name];
      const ratio = wholeNumber(warning.ratio);
      return {
        title: msg(str`Many more of ${most} than of ${least}`, { desc: 'photos of two classes' }),
        sentence: msg(
          str`${ratio} times as many to learn from: your model will lean towards ${most}. Take more of ${least}.`,
          { desc: 'photos of two classes' },
        ),
        action: TAKE,
      };
    }
    case 'no-test': {
      const { name } = warning.record;
      return {
        title: msg(str`No test photo of ${name}`),
        sentence: msg(
          'All of them are on the other sides, so nothing tells how well it is known. Take a few of another scene.',
        ),
        action: TAKE,
      };
    }
  }
}
