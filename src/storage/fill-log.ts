import { deleteDB, openDB } from 'idb';

/**
 * The records together have more than 4 MiB, after which LevelDB begins a new log. Each one has
 * less than 64 KiB, because Chromium stores larger values in separate files.
 */
const RECORDS = 85;
const RECORD_BYTES = 60_000;

/**
 * Makes LevelDB begin a new log, by a database that is deleted again.
 *
 * @param name of that database
 * @throws DOMException if there is no room for it
 */
export async function fillLog(name: string): Promise<void> {
  const database = await openDB(name, 1, {
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
    await deleteDB(name);
  }
}
