import { libraryFacts } from '../storage/library.ts';

/** Private windows of Chromium had a quota of a part of the memory; a phone's storage has more. */
const SMALL_QUOTA = 2 ** 30;

/**
 * Whether the window is probably private, so that the browser deletes all that is stored in it when
 * it is closed. No browser says so. What tells it is a quota that no disk has (Chromium until about
 * version 140; newer ones hide it), or a refused private file system beside a database that works
 * (Firefox, Safari). Storage that the browser has promised to keep is not in a private window.
 */
export async function isProbablyPrivate(): Promise<boolean> {
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  if (await storage?.persisted?.().catch(() => false)) return false;
  // WebKit in other browsers than Safari has such a quota in every window.
  const isChromium = 'userAgentData' in navigator;
  const quota = isChromium && (await storage?.estimate?.().catch(() => undefined))?.quota;
  if (quota && quota < SMALL_QUOTA) return true;
  if (!storage?.getDirectory) return false;
  return storage.getDirectory().then(() => false, refusesFiles);
}

async function refusesFiles(thrown: unknown): Promise<boolean> {
  // Firefox gives the first, Safari the second; a full disk gives others.
  const { name } = thrown as DOMException;
  if (name !== 'SecurityError' && name !== 'UnknownError') return false;
  return libraryFacts().then(
    () => true,
    () => false,
  );
}
