import { openDB, type IDBPDatabase } from 'idb';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { withoutDatabase } from '../platform/withheld.ts';
import { DATABASE_NAME, DATABASE_VERSION, migrate } from './migrations.ts';
import type { PurrceptronSchema } from './schema.ts';
import { slowOpening } from './slow-opening.ts';
import type { StorageProblemKind } from './storage-problem.ts';

/**
 * In Safari 14 and later, `indexedDB.open` sometimes fires no event at all, and a second one does:
 * it is called again after this time, and `slowOpening` says so.
 */
const ASK_AGAIN_MS = 5_000;
const MOST_ASKS = 3;
/** After a crash, a browser repairs its log first, which takes long for a large library. */
const OPEN_TIMEOUT_MS = 60_000;

interface Events {
  /** A newer version in another tab waits for this connection to close. */
  readonly onBlocking: () => void;
  /** The browser closed the connection, for example because it clears the data of the app. */
  readonly onTerminated: () => void;
}

/** Whether the browser has databases at all. */
export const hasDatabase = (): boolean => typeof indexedDB !== 'undefined';

/**
 * Opens the database and brings it to the newest version.
 *
 * @throws Problem `site-data` when the browser has none, `unavailable` when it does not open in time,
 *   `blocked` when a tab with an older version holds it; an Error of the browser
 */
export async function openDatabase(events: Events): Promise<IDBPDatabase<PurrceptronSchema>> {
  if (!hasDatabase()) {
    const { kind, message } = withoutDatabase();
    throw problem(kind, message);
  }
  const timers: ReturnType<typeof setTimeout>[] = [];
  try {
    return await new Promise((resolve, reject) => {
      let isOver = false;
      const end = (settle: () => void) => {
        isOver = true;
        settle();
      };
      const expiry = setTimeout(() => {
        const message = msg('The photo library does not open. Close the app and try again.');
        end(() => reject(problem('unavailable', message)));
      }, OPEN_TIMEOUT_MS);
      const ask = () => {
        open(events, {
          // The database answers; the migration of a large library may take longer than the timeout.
          onUpgrade: () => clearTimeout(expiry),
          onBlocked: (thrown) => end(() => reject(thrown)),
        }).then(
          (database) => {
            // The first connection is used, unless it opens after the timeout.
            if (isOver) database.close();
            else end(() => resolve(database));
          },
          (thrown: unknown) =>
            end(() => reject(thrown instanceof Error ? thrown : new Error(String(thrown)))),
        );
      };
      ask();
      timers.push(expiry);
      for (let asked = 1; asked < MOST_ASKS; asked++) {
        timers.push(setTimeout(ask, asked * ASK_AGAIN_MS));
      }
      timers.push(setTimeout(() => slowOpening.set(true), ASK_AGAIN_MS));
    });
  } finally {
    timers.forEach(clearTimeout);
    slowOpening.set(false);
  }
}

function open(
  { onBlocking, onTerminated }: Events,
  asked: {
    readonly onUpgrade: () => void;
    readonly onBlocked: (thrown: Problem<StorageProblemKind>) => void;
  },
): Promise<IDBPDatabase<PurrceptronSchema>> {
  return openDB<PurrceptronSchema>(DATABASE_NAME, DATABASE_VERSION, {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      asked.onUpgrade();
      // All or nothing: half a migration would never be completed.
      migrate(database, oldVersion, transaction).catch((thrown: unknown) => {
        console.error('The library could not be brought to the new version.', thrown);
        transaction.abort();
      });
    },
    blocked: () => {
      asked.onBlocked(
        problem(
          'blocked',
          msg('The app is open in another tab with an older version. Close that tab, then reload.'),
        ),
      );
    },
    blocking: onBlocking,
    terminated: onTerminated,
  });
}

function problem(kind: StorageProblemKind, message: string): Problem<StorageProblemKind> {
  return new Problem(kind, message);
}
