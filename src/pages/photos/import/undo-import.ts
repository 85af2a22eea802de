import { msg, str } from '../../../i18n/msg.ts';
import { countPhotos, deletePhotos } from '../../../photos/repository.ts';
import { removeClass } from '../../../photos/classes.ts';
import { putBack } from '../../../photos/unused-classes.ts';
import type { ImportReport } from '../../../photos/import/import-files.ts';
import { importRun } from '../../../session/import-run.ts';
import { Problem } from '../../../platform/problem.ts';
import { notify } from '../../../ui/notice.ts';
import { photoCount } from '../../../ui/phrases.ts';

/**
 * Deletes the photos that an import added, and the classes that it created if they are empty now. The
 * unused classes that these replaced are back then.
 */
export async function undoImport(
  from: EventTarget,
  {
    added,
    photoIds,
    created,
    replaced,
  }: Pick<ImportReport, 'added' | 'photoIds' | 'created' | 'replaced'>,
): Promise<void> {
  try {
    await deletePhotos(photoIds);
    importRun.undone();
    const counts = await countPhotos();
    for (const { id } of created) {
      const unused = replaced.get(id);
      if (counts.has(id)) continue;
      if (unused) await putBack(unused, id);
      else await removeClass(id);
    }
    const photos = photoCount(added);
    notify(from, { text: msg(str`${photos} taken out again.`) });
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
