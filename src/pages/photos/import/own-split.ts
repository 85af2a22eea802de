import type { FoundPicture } from '../../../photos/import/found-picture.ts';
import type { Split } from '../../../records/photo.ts';

/** Numbers of pictures on each side of a set's own split. */
export function countSides(
  pictures: readonly Pick<FoundPicture, 'side'>[],
): Readonly<Record<Split, number>> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const { side } of pictures) if (side) counts[side]++;
  return counts;
}

/** Whether a set is split: some of it is for training and some is not. */
export function isSplit({ train, validation, test }: Readonly<Record<Split, number>>): boolean {
  return train > 0 && validation + test > 0;
}
