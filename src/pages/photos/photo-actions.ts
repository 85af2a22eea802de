import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import {
  deletePhotos,
  labelPhotos,
  relabelPhotos,
  restorePhotos,
} from '../../photos/repository.ts';
import { sayRight } from '../../photos/right-labels.ts';
import { Problem } from '../../problem.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount } from '../../ui/phrases.ts';

/** Gives photos another label, in one step, and offers the way back, in one step too. */
export async function relabelWithUndo(
  from: EventTarget,
  photos: readonly PhotoRecord[],
  label: ClassRecord,
): Promise<void> {
  const before = new Map(photos.map(({ id, classId }) => [id, classId]));
  await attempt(from, async () => {
    await relabelPhotos([...before.keys()], label.id);
    const what = photos.length === 1 ? 'Now' : `${photoCount(photos.length)} now`;
    offerUndo(from, `${what} labelled ${label.name}.`, () => labelPhotos(before));
  });
}

/** Takes photos out of the library, in one step, and offers the way back. */
export async function deleteWithUndo(
  from: EventTarget,
  photoIds: readonly string[],
  onRestored?: () => void,
): Promise<void> {
  await attempt(from, async () => {
    await deletePhotos(photoIds);
    const what = photoIds.length === 1 ? 'Photo' : photoCount(photoIds.length);
    offerUndo(from, `${what} deleted.`, async () => {
      await restorePhotos(photoIds);
      onRestored?.();
    });
  });
}

/** Writes down that a label which the model doubts is right, and offers the way back. */
export async function sayRightWithUndo(
  from: EventTarget,
  modelId: string,
  { id, classId }: PhotoRecord,
): Promise<void> {
  const label = new Map([[id, classId]]);
  await attempt(from, async () => {
    await sayRight(modelId, label);
    offerUndo(from, 'The label stays.', () => sayRight(modelId, label, false));
  });
}

function offerUndo(from: EventTarget, text: string, undo: () => Promise<void>): void {
  notify(from, { text, action: { label: 'Undo', run: () => void attempt(from, undo) } });
}

async function attempt(from: EventTarget, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
