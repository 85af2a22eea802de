import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { FEWEST_CLASSES, MOST_CLASSES } from '../../photos/class-limits.ts';
import { photoCount, wholeNumber } from '../../ui/phrases.ts';

/** The text above the list of classes, with the limit that applies to their number. */
export function classesSentence(count: number): string {
  const what = msg('What your phone learns to tell apart.');
  const most = wholeNumber(MOST_CLASSES);
  if (count <= FEWEST_CLASSES) {
    return `${what} ${msg(str`Two must stay; add as many as ${most}.`, { desc: 'classes' })}`;
  }
  if (count >= MOST_CLASSES) {
    return `${what} ${msg(str`With ${most} there is no room for another.`, { desc: 'classes' })}`;
  }
  return what;
}

/** What happens to the photos when a class is removed. */
export function removalSentence(count: number): string {
  const photos = photoCount(count);
  return plural(count, {
    one: msg(
      'Its photo is deleted with it. It is kept a moment longer, in case you undo it. What your phone has learned stays as it is until you train again.',
    ),
    other: msg(
      str`Its ${photos} are deleted with it. They are kept a moment longer, in case you undo it. What your phone has learned stays as it is until you train again.`,
    ),
  });
}

/** "Fox and 12 photos removed." */
export function removedSentence(name: string, count: number): string {
  if (count === 0) return msg(str`${name} removed.`);
  const photos = photoCount(count);
  return msg(str`${name} and ${photos} removed.`);
}
