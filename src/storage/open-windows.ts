import { openDB, type DBSchema } from 'idb';
import { holdLock } from '../platform/hold-lock.ts';

interface Schema extends DBSchema {
  windows: { key: string; value: string };
}

const NAME = 'purrceptron-open-windows';

/** What a window finds out about those before it. */
export interface EarlierWindows {
  /** Whether one of them ended without closing: its process was killed, or it crashed. */
  readonly endedUncleanly: boolean;
  /** Call it when nothing is left to do about that. */
  readonly forget: () => Promise<void>;
}

let noted: Promise<EarlierWindows> | undefined;

/**
 * Notes in a database that this window is open, until its `pagehide` event; a Web Lock shows for
 * how long its process lives. A note without a lock is one of a window that ended uncleanly. Call it
 * before the window writes anything else. Further calls return the same result.
 */
export function noteOpenWindow(): Promise<EarlierWindows> {
  noted ??= note();
  return noted;
}

async function note(): Promise<EarlierWindows> {
  const id = `${NAME} ${crypto.randomUUID()}`;
  await holdLock(id);
  let isNew = false;
  const database = await openDB<Schema>(NAME, 1, {
    upgrade: (opened) => {
      opened.createObjectStore('windows');
      isNew = true;
    },
  });
  const open = () => database.put('windows', id, id);
  await open();
  addEventListener('pagehide', () => {
    const transaction = database.transaction('windows', 'readwrite');
    // A note that stays counts as an unclean end, which costs time and loses nothing.
    transaction.done.catch(() => undefined);
    transaction.store.delete(id).catch(() => undefined);
    transaction.commit();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void open().catch(() => undefined);
  });
  const { held = [] } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  const gone = (await database.getAllKeys('windows')).filter((key) => !alive.has(key));
  return {
    // It is not known how the app ended before it had this database.
    endedUncleanly: isNew || gone.length > 0,
    forget: async () => {
      const transaction = database.transaction('windows', 'readwrite');
      await Promise.all([...gone.map((key) => transaction.store.delete(key)), transaction.done]);
    },
  };
}
