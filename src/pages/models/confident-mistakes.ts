import type { Mistake, ModelRecord } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';

/** Mistakes shown. */
const MISTAKES = 8;

/**
 * The surest mistakes of a model that still are some: the photo is there and has not got another
 * label since.
 */
export function confidentMistakes(
  { test, classes }: Pick<ModelRecord, 'test' | 'classes'>,
  photos: readonly PhotoRecord[],
): Mistake[] {
  const classOf = new Map(photos.map(({ id, classId }) => [id, classId]));
  return (test?.mistakes ?? [])
    .filter(({ photoId, truth }) => classOf.get(photoId) === classes[truth]?.id)
    .slice(0, MISTAKES);
}
