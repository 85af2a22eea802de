import { Problem } from '../platform/problem.ts';
import { write } from './database.ts';
import type { FullKind } from './storage-full.ts';

/** As much as a few photos and their features. */
const PROBE_BYTES = 1_000_000;
const KEY = 'roomProbe';

/**
 * Whether there is room for a few more photos, which only writing tells: a quota that the browser
 * states says nothing of the disk. What is written is gone again at once.
 *
 * @returns what is full; undefined where there is room
 * @throws Problem of another StorageProblemKind
 */
export async function probeFreeSpace(): Promise<FullKind | undefined> {
  try {
    await write(['settings'], (transaction) =>
      // Bytes that do not compress.
      transaction.objectStore('settings').put(randomBytes(), KEY),
    );
    await write(['settings'], (transaction) => transaction.objectStore('settings').delete(KEY));
    return undefined;
  } catch (thrown) {
    const { kind } = Problem.from(thrown);
    if (kind === 'quota' || kind === 'disk') return kind;
    throw thrown;
  }
}

function randomBytes(): ArrayBuffer {
  const bytes = new Uint8Array(PROBE_BYTES);
  // As many as the browser gives at a time.
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(bytes.length, at + 65_536)));
  }
  return bytes.buffer;
}
