import { Problem } from '../platform/problem.ts';
import { write } from './database.ts';
import { reportFree, type FullKind } from './storage-full.ts';

/** The size of a few photos and their features. */
const PROBE_BYTES = 1_000_000;
const KEY = 'roomProbe';

/**
 * Checks whether there is free space for a few more photos by writing as many bytes and deleting
 * them again. The quota that the browser reports does not tell how full the disk is.
 *
 * @returns what is full; undefined where there is space
 * @throws Problem of another StorageProblemKind
 */
export async function probeFreeSpace(): Promise<FullKind | undefined> {
  try {
    await write(['settings'], (transaction) =>
      // Random bytes, because zeros would be compressed.
      transaction.objectStore('settings').put(randomBytes(), KEY),
    );
    await write(['settings'], (transaction) => transaction.objectStore('settings').delete(KEY));
    reportFree();
    return undefined;
  } catch (thrown) {
    const { kind } = Problem.from(thrown);
    if (kind === 'quota' || kind === 'disk') return kind;
    throw thrown;
  }
}

function randomBytes(): ArrayBuffer {
  const bytes = new Uint8Array(PROBE_BYTES);
  // `getRandomValues` fills at most 65,536 bytes per call.
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(bytes.length, at + 65_536)));
  }
  return bytes.buffer;
}
