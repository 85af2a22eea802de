import type { Elsewhere } from '../photos/import/found-picture.ts';
import { backupRun } from './backup-run.ts';
import { incomingFiles } from './incoming-files.ts';
import { offerModel } from './model-to-add.ts';
import { hrefOf } from './routes.ts';

/** Opens the page where something chosen belongs, with it chosen there already. */
export function leadElsewhere({ kind, files }: Elsewhere): void {
  switch (kind) {
    case 'backup':
      // It is checked, and Settings shows it, where it can be restored.
      void backupRun.check(files.length === 1 ? files[0]!.file : files);
      location.hash = `${hrefOf('settings')}?restore`;
      break;
    case 'model':
      offerModel(files);
      break;
    case 'photos':
      incomingFiles.queue(() => Promise.resolve({ chosen: files, refused: [] }));
      location.hash = hrefOf('photos');
      break;
    case 'nowhere':
  }
}
