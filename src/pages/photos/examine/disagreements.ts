import type { ModelClass } from '../../../records/model.ts';
import type { PhotoRecord } from '../../../records/photo.ts';
import { argMax } from '../../../widgets/answer/smoothing.ts';
import type { LibraryPredictions } from '../../../records/classification.ts';

/** A photo for which the model predicts another class than its label. */
export interface Disagreement {
  readonly photo: PhotoRecord;
  /** The predicted class. */
  readonly answer: ModelClass;
  /** Probability of the answer, 0 to 1. */
  readonly probability: number;
}

/**
 * The photos whose label a model disagrees with, most confident first. Wrong labels are found this
 * way. Photos of a class that the model has not learned are left out.
 *
 * @param right class ids by photo id: labels that the user confirmed
 */
export function disagreements(
  { classes, photoIds, probabilities }: LibraryPredictions,
  photos: readonly PhotoRecord[],
  right: ReadonlyMap<string, string>,
): Disagreement[] {
  const byId = new Map(photos.map((photo) => [photo.id, photo]));
  const learned = new Set(classes.map(({ id }) => id));
  return photoIds
    .flatMap((id, rowIndex): Disagreement[] => {
      const photo = byId.get(id);
      if (!photo || !learned.has(photo.classId) || right.get(id) === photo.classId) return [];
      const row = [
        ...probabilities.subarray(rowIndex * classes.length, (rowIndex + 1) * classes.length),
      ];
      const index = argMax(row);
      const answer = classes[index]!;
      if (answer.id === photo.classId) return [];
      return [{ photo, answer, probability: row[index]! }];
    })
    .sort((a, b) => b.probability - a.probability || b.photo.createdAt - a.photo.createdAt);
}
