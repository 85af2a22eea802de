import type { Mistake, ModelRecord } from '../../records/model.ts';
import type { PhotoRecord } from '../../records/photo.ts';

/** Maximum number of mistakes. */
const MISTAKES = 8;

/**
 * The most confident mistakes of a model on its test photos, without photos that were deleted or
 * relabelled since.
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
