import type { ClassRecord, PhotoRecord } from '../../photos/record.ts';
import { deletePhotos, relabelPhotos, restorePhotos } from '../../photos/repository.ts';
import { Problem } from '../../problem.ts';
import { notify } from '../../ui/notice.ts';

/** Gives a photo another label and offers the way back. */
export async function relabelWithUndo(
  from: EventTarget,
  photo: PhotoRecord,
  label: ClassRecord,
): Promise<void> {
  await attempt(from, async () => {
    await relabelPhotos([photo.id], label.id);
    notify(from, {
      text: `Now labelled ${label.name}.`,
      action: {
        label: 'Undo',
        run: () => void attempt(from, () => relabelPhotos([photo.id], photo.classId)),
      },
    });
  });
}

/** Takes a photo out of the library and offers the way back. */
export async function deleteWithUndo(
  from: EventTarget,
  photo: PhotoRecord,
  onRestored?: () => void,
): Promise<void> {
  const restore = async () => {
    await restorePhotos([photo.id]);
    onRestored?.();
  };
  await attempt(from, async () => {
    await deletePhotos([photo.id]);
    notify(from, {
      text: 'Photo deleted.',
      action: { label: 'Undo', run: () => void attempt(from, restore) },
    });
  });
}

async function attempt(from: EventTarget, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
