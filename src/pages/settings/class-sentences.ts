import { FEWEST_CLASSES, MOST_CLASSES } from '../../photos/classes.ts';
import { photoCount } from '../../ui/phrases.ts';

/** What there is to know about the list of classes, by its length. */
export function classesSentence(count: number): string {
  const what = 'What your phone learns to tell apart.';
  if (count <= FEWEST_CLASSES) return `${what} Two must stay; add as many as ${MOST_CLASSES}.`;
  if (count >= MOST_CLASSES) return `${what} With ${MOST_CLASSES} there is no room for another.`;
  return what;
}

/** Before a class that has photos is removed: what will happen. */
export function removalSentence(photos: number): string {
  const [what, they] =
    photos === 1 ? ['Its photo is', 'It is'] : [`Its ${photoCount(photos)} are`, 'They are'];
  return `${what} deleted with it. ${they} kept a moment longer, in case you undo it. What your phone has learned stays as it is until you train again.`;
}

/** "Fox and 12 photos removed." */
export function removedSentence(name: string, photos: number): string {
  return photos === 0 ? `${name} removed.` : `${name} and ${photoCount(photos)} removed.`;
}
