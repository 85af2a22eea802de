/**
 * A library that one test has made, for others that only need it: all rows of the database as bytes,
 * which the server of the tests keeps under a name (serve-harness.ts).
 */
import { announce, type Topic } from '../../src/storage/changes.ts';
import { write } from '../../src/storage/database.ts';

const STORES = [
  'classes',
  'photos',
  'images',
  'thumbnails',
  'features',
  'models',
  'modelWeights',
  'settings',
] as const;
const TOPICS: readonly Topic[] = ['photos', 'classes', 'models', 'settings'];

/** Where the bytes of an ArrayBuffer stand behind the JSON. */
interface Place {
  readonly at: number;
  readonly length: number;
}

interface Row {
  readonly store: (typeof STORES)[number];
  readonly key: IDBValidKey;
  readonly value: unknown;
}

const address = (name: string) => `/kept/${encodeURIComponent(name)}`;

/** Keeps the library that is here. */
export async function keep(name: string): Promise<void> {
  const rows = await write([...STORES], async (transaction) => {
    const rows: Row[] = [];
    for (const store of STORES) {
      const [keys, values] = await Promise.all([
        transaction.objectStore(store).getAllKeys(),
        transaction.objectStore(store).getAll(),
      ]);
      values.forEach((value, i) => rows.push({ store, key: keys[i]!, value }));
    }
    return rows;
  });
  const buffers: ArrayBuffer[] = [];
  let end = 0;
  const json = JSON.stringify(rows, (_, value: unknown) => {
    if (!(value instanceof ArrayBuffer)) return value;
    const place: Place = { at: end, length: value.byteLength };
    buffers.push(value);
    end += value.byteLength;
    return { buffer: place };
  });
  const head = new TextEncoder().encode(json);
  const body = new Blob([Uint32Array.of(head.byteLength), head, ...buffers]);
  const { ok } = await fetch(address(name), { method: 'PUT', body });
  if (!ok) throw new Error(`The server does not keep ${name}`);
}

/**
 * Adds a library that was kept, and announces it.
 *
 * @returns false when nothing of that name was kept
 */
export async function bringBack(name: string): Promise<boolean> {
  const response = await fetch(address(name));
  if (response.status !== 200) return false;
  const bytes = await response.arrayBuffer();
  const [headLength] = new Uint32Array(bytes, 0, 1);
  const start = Uint32Array.BYTES_PER_ELEMENT + headLength!;
  const json = new TextDecoder().decode(new Uint8Array(bytes, 4, headLength));
  const rows = JSON.parse(json, (_, value: unknown) => {
    const place = (value as { buffer?: Place } | null)?.buffer;
    if (!place) return value;
    return bytes.slice(start + place.at, start + place.at + place.length);
  }) as Row[];
  await write([...STORES], async (transaction) => {
    for (const { store, key, value } of rows) {
      const rowsOf = transaction.objectStore(store);
      // The rows are of the type that `keep` has read from the same store.
      const put = rowsOf.put.bind(rowsOf) as (
        value: unknown,
        key?: IDBValidKey,
      ) => Promise<unknown>;
      await (rowsOf.keyPath === null ? put(value, key) : put(value));
    }
  });
  for (const topic of TOPICS) announce(topic);
  return true;
}
