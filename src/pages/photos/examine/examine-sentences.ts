import { hrefOf } from '../../../session/routes.ts';
import { msg, str } from '../../../i18n/msg.ts';
import type { DataWarning } from '../../../photos/examine.ts';
import { photoCount, wholeNumber } from '../../../ui/phrases.ts';

/** A warning about the photos, in words, and a link to a page where the user can act on it. */
export interface Advice {
  readonly title: string;
  readonly sentence: string;
  readonly action?: { readonly label: string; readonly href: string };
}

const TAKE = { label: msg('Take photos'), href: hrefOf('capture') };

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
