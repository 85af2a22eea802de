import { deleteDB, openDB } from 'idb';
import { libraryFacts } from './library.ts';

const NAME = 'purrceptron-fresh-log';

/**
 * Together more than the 4 MiB after which LevelDB begins a new log, and each less than the 64 KiB
 * from which on Chromium puts a value into a file of its own.
 */
const RECORDS = 85;
const RECORD_BYTES = 60_000;

/**
 * Has the browser begin a new log for its databases, and delete the one that it has.
 *
 * Chromium keeps IndexedDB in LevelDB. An app that was killed in the middle of a write leaves half a
 * record at the end of the log, which is no harm; but the next start writes on behind it, and the one
 * after that finds a checksum that is wrong in the middle of the log, and Chromium deletes the whole
 * database (https://github.com/google/leveldb/issues/1287). A log that is full is turned into a table
 * instead, which holds whole records only. So this fills it, at every start, as nobody can know how
 * the last visit ended. It takes a tenth of a second; the zeros are gone again before most of them
 * have reached the disk.
 *
 * Does nothing in other browsers, nor where there is nothing to lose yet. Never fails: the next start
 * tries again.
 */
export async function beginFreshLog(): Promise<void> {
  if (!('userAgentData' in navigator)) return;
  try {
    const { photos, models } = await libraryFacts();
    if (photos + models === 0) return;
    // Two tabs would do it twice.
    await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && fillLog());
  } catch {
    // With a full disk, for one: the app says so itself, and the next start tries again.
  }
}

async function fillLog(): Promise<void> {
  const database = await openDB(NAME, 1, {
    upgrade(opened) {
      opened.createObjectStore('zeros');
    },
  });
  try {
    const transaction = database.transaction('zeros', 'readwrite', { durability: 'relaxed' });
    // A put that fails says so too.
    transaction.done.catch(() => undefined);
    const zeros = new ArrayBuffer(RECORD_BYTES);
    // One by one: all at once would hold the page for as long as they take to copy.
    for (let key = 0; key < RECORDS; key++) await transaction.store.put(zeros, key);
    await transaction.done;
  } finally {
    database.close();
    await deleteDB(NAME);
  }
}
