import { deleteDB, openDB } from 'idb';
import { holdWrites } from './database.ts';
import { isLibraryEmpty } from './library.ts';
import { noteOpenWindow } from './open-windows.ts';

const NAME = 'purrceptron-fresh-log';

/**
 * The records together have more than 4 MiB, after which LevelDB begins a new log. Each one has
 * less than 64 KiB, because Chromium stores larger values in separate files.
 */
const RECORDS = 85;
const RECORD_BYTES = 60_000;

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
    await fillLog();
    await forget();
  });
}

/** Whether this is Chromium. */
function usesLevelDB(): boolean {
  return 'userAgentData' in navigator;
}

async function fillLog(): Promise<void> {
  const database = await openDB(NAME, 1, {
    upgrade(opened) {
      opened.createObjectStore('zeros');
    },
  });
  try {
    const transaction = database.transaction('zeros', 'readwrite', { durability: 'relaxed' });
    // A failed put rejects as well, so this rejection need not be handled twice.
    transaction.done.catch(() => undefined);
    const zeros = new ArrayBuffer(RECORD_BYTES);
    // One by one: copying all of them at once would block the page.
    for (let key = 0; key < RECORDS; key++) await transaction.store.put(zeros, key);
    await transaction.done;
  } finally {
    database.close();
    await deleteDB(NAME);
  }
}
