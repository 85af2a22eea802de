import { msg, str } from '../../../i18n/msg.ts';
import { countPhotos, deletePhotos } from '../../../photos/repository.ts';
import { removeClass } from '../../../photos/classes.ts';
import type { ImportReport } from '../../../photos/import/import-files.ts';
import { importRun } from '../../../session/import-run.ts';
import { Problem } from '../../../platform/problem.ts';
import { notify } from '../../../ui/notice.ts';
import { photoCount } from '../../../ui/phrases.ts';

/**
 * Deletes the photos that an import added, and the classes that it created if they are empty now.
 */
export async function undoImport(
  from: EventTarget,
  { added, photoIds, created }: Pick<ImportReport, 'added' | 'photoIds' | 'created'>,
): Promise<void> {
  try {
    await deletePhotos(photoIds);
    importRun.undone();
    const counts = await countPhotos();
    for (const { id } of created) if (!counts.has(id)) await removeClass(id);
    const photos = photoCount(added);
    notify(from, { text: msg(str`${photos} taken out again.`) });
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
