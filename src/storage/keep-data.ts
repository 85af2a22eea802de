import { announce } from './changes.ts';
import { write } from './database.ts';

/**
 * How much storage the browser grants the app; a field is undefined if the browser does not tell.
 */
export interface StorageFacts {
  /** Bytes in use. */
  readonly usage: number | undefined;
  /** Bytes that the app may use at most. */
  readonly quota: number | undefined;
  /** Whether the storage is persistent: the browser does not clear it when space runs short. */
  readonly kept: boolean | undefined;
}

/** Asks the StorageManager for the current figures. */
export async function storageFacts(): Promise<StorageFacts> {
  const [estimate, kept] = await Promise.all([storage()?.estimate?.(), storage()?.persisted?.()]);
  return { usage: estimate?.usage, quota: estimate?.quota, kept };
}

/**
 * Asks the browser for persistent storage, which it does not clear when the phone runs short of
 * space, and stores the answer in the settings. Firefox asks the person; other browsers decide by
 * themselves.
 *
 * @returns whether it was granted; undefined where the browser has no persistent storage
 * @throws Problem of a StorageProblemKind
 */
export async function askToKeep(): Promise<boolean | undefined> {
  const asking = storage()?.persist?.();
  if (!asking) return undefined;
  const granted = await asking.catch(() => false);
  await write(['settings'], (transaction) =>
    transaction.objectStore('settings').put({ at: Date.now(), granted }, 'keepAsked'),
  );
  announce('settings');
  return granted;
}

/** Undefined without HTTPS and in older browsers, although the DOM types say otherwise. */
function storage(): Partial<StorageManager> | undefined {
  return navigator.storage;
}
