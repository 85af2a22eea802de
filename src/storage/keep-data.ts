import { announce } from './changes.ts';
import { write } from './database.ts';

/** What the browser grants the app. */
export interface StorageFacts {
  /** Bytes in use and to be had, where the browser tells. */
  readonly usage: number | undefined;
  readonly quota: number | undefined;
  /** The browser promised to keep the data; undefined where it makes no such promise. */
  readonly kept: boolean | undefined;
}

export async function storageFacts(): Promise<StorageFacts> {
  const [estimate, kept] = await Promise.all([storage()?.estimate?.(), storage()?.persisted?.()]);
  return { usage: estimate?.usage, quota: estimate?.quota, kept };
}

/**
 * Asks the browser not to clear the data when the phone runs short of space, and writes its answer
 * down. Firefox asks the person; the others decide by themselves.
 *
 * @returns undefined where a browser makes no such promise
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

/** Absent without HTTPS and in older browsers, whatever the types say. */
function storage(): Partial<StorageManager> | undefined {
  return navigator.storage;
}
