import { holdWrites } from './database.ts';
import { isLibraryEmpty } from './library.ts';
import { noteOpenWindow } from './open-windows.ts';

const NAME = 'purrceptron-fresh-log';

/**
 * Makes the browser begin a new log for its databases and delete the current one, if a window before
 * this one ended uncleanly. Until that is done, writes to the library wait. Call it before the window
 * writes anything: it also lets a later start know how this window ended.
 *
 * Chromium stores IndexedDB in LevelDB. If the app is killed in the middle of a write, half a
 * record stays at the end of the log, which does no harm yet. But the next start appends to it; the
 * start after that finds a wrong checksum in the middle of the log, and Chromium deletes the whole
 * database (https://github.com/google/leveldb/issues/1287). A full log, on the other hand, is
 * converted to a table, which contains only whole records. So this function fills the log after each
 * end that was not a clean one. It takes 0.1 s; the zeros are deleted again before most of them have
 * reached the disk.
 *
 * It does nothing in other browsers, or where the library is empty. It never rejects: the next
 * start tries again.
 */
export function beginFreshLog(): Promise<void> {
  if (!usesLevelDB()) return Promise.resolve();
  // It fails, for example, when the disk is full, which the app reports elsewhere.
  const begun = beginAfterUncleanEnd().catch(() => undefined);
  holdWrites(begun);
  return begun;
}

async function beginAfterUncleanEnd(): Promise<void> {
  const { endedUncleanly, forget } = await noteOpenWindow();
  if (!endedUncleanly || (await isLibraryEmpty())) return;
  // The lock prevents two tabs from doing it twice.
  await navigator.locks.request(NAME, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const { fillLog } = await import('./fill-log.ts');
    await fillLog(NAME);
    await forget();
  });
}

/** Whether this is Chromium. */
function usesLevelDB(): boolean {
  return 'userAgentData' in navigator;
}
