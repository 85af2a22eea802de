import { backupRun } from './backup-run.ts';
import { hrefOf } from './routes.ts';

/** The files that a browser offers as a backup. */
export const BACKUP_TYPES = '.zip,application/zip';

/**
 * Lets the person choose a backup, with one tap from any page, and opens Settings, which shows what
 * it holds and asks whether to restore it. Call it in a user gesture.
 */
export function chooseBackup(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = BACKUP_TYPES;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (!file) return;
    location.hash = `${hrefOf('settings')}?restore`;
    void backupRun.check(file);
  });
  input.click();
}
