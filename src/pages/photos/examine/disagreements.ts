import type { ModelClass } from '../../../records/model.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { argMax } from '../../../widgets/answer/smoothing.ts';
import type { LibraryPredictions } from '../../../records/classification.ts';

/** A photo that the model takes for something else than its label says. */
export interface Disagreement {
  readonly photo: PhotoRecord;
  /** What the model takes it for. */
  readonly answer: ModelClass;
  /** Of the answer, 0 to 1. */
  readonly probability: number;
}

/**
 * The photos that a model disagrees with, the surest first: this is how wrong labels are found. It
 * says nothing of photos with a label that it did not learn.
 *
 * @param right class ids by photo id: labels that the person called right
 */
export function disagreements(
  { classes, photoIds, probabilities }: LibraryPredictions,
  photos: readonly PhotoRecord[],
  right: ReadonlyMap<string, string>,
): Disagreement[] {
  const byId = new Map(photos.map((photo) => [photo.id, photo]));
  const learned = new Set(classes.map(({ id }) => id));
  return photoIds
    .flatMap((id, row): Disagreement[] => {
      const photo = byId.get(id);
      if (!photo || !learned.has(photo.classId) || right.get(id) === photo.classId) return [];
      const own = [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)];
      const index = argMax(own);
      const answer = classes[index]!;
      if (answer.id === photo.classId) return [];
      return [{ photo, answer, probability: own[index]! }];
    })
    .sort((a, b) => b.probability - a.probability || b.photo.createdAt - a.photo.createdAt);
}
