import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { PhotoRecord } from '../../records/photo.ts';
import {
  deletePhotos,
  labelPhotos,
  relabelPhotos,
  restorePhotos,
} from '../../photos/repository.ts';
import { confirmLabels } from '../../photos/right-labels.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { photoCount } from '../../ui/phrases.ts';
import type { ClassRecord } from '../../records/class.ts';

/** Changes the label of photos, and shows a notice with Undo. A failure is shown as a notice. */
export async function relabelWithUndo(
  from: EventTarget,
  photos: readonly PhotoRecord[],
  label: ClassRecord,
): Promise<void> {
  const before = new Map(photos.map(({ id, classId }) => [id, classId]));
  await attempt(from, async () => {
    await relabelPhotos([...before.keys()], label.id);
    offerUndo(from, relabelledSentence(photos.length, label), () => labelPhotos(before));
  });
}

/**
 * Deletes photos, and shows a notice with Undo. A failure is shown as a notice.
 *
 * @param onRestored called when Undo has restored the photos
 */
export async function deleteWithUndo(
  from: EventTarget,
  photoIds: readonly string[],
  onRestored?: () => void,
): Promise<void> {
  await attempt(from, async () => {
    await deletePhotos(photoIds);
    offerUndo(from, deletedSentence(photoIds.length), async () => {
      await restorePhotos(photoIds);
      onRestored?.();
    });
  });
}

/**
 * Stores that the label of a photo is correct although the model disagrees with it, and shows a
 * notice with Undo. A failure is shown as a notice.
 */
export async function confirmLabelWithUndo(
  from: EventTarget,
  modelId: string,
  { id, classId }: PhotoRecord,
): Promise<void> {
  const label = new Map([[id, classId]]);
  await attempt(from, async () => {
    await confirmLabels(modelId, label);
    offerUndo(from, msg('The label stays.'), () => confirmLabels(modelId, label, false));
  });
}

function relabelledSentence(count: number, { name }: ClassRecord): string {
  const photos = photoCount(count);
  return plural(count, {
    one: msg(str`Now labelled ${name}.`, { desc: 'the photo, by the name of a class' }),
    other: msg(str`${photos} now labelled ${name}.`),
  });
}

function deletedSentence(count: number): string {
  const photos = photoCount(count);
  return plural(count, { one: msg('Photo deleted.'), other: msg(str`${photos} deleted.`) });
}

function offerUndo(from: EventTarget, text: string, undo: () => Promise<void>): void {
  notify(from, { text, action: { label: msg('Undo'), run: () => void attempt(from, undo) } });
}

async function attempt(from: EventTarget, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
