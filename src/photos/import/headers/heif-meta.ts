import { ByteCursor, fourCharacters, viewOf, type Span } from './byte-reader.ts';
import { boxes, boxOf, metaOf } from './isobmff-boxes.ts';

/** A property of an item, such as its size or how it is turned. */
export interface HeifProperty {
  readonly type: string;
  readonly content: Uint8Array;
}

/**
 * The items of a HEIF or AVIF file and what is said of them, as the box `meta` lists them (ISO/IEC
 * 14496-12, 8.11, and 23008-12). Its functions throw a RangeError for a read past the end.
 */
export class HeifMeta {
  readonly #bytes: Uint8Array;
  readonly #meta: Span;
  #locations: Map<number, Span[]> | undefined;

  /** @returns undefined if the file has no such box */
  static of(bytes: Uint8Array): HeifMeta | undefined {
    const meta = metaOf(bytes);
    return meta && new HeifMeta(bytes, meta);
  }

  private constructor(bytes: Uint8Array, meta: Span) {
    this.#bytes = bytes;
    this.#meta = meta;
  }

  /** The id of the item that is shown. */
  primary(): number | undefined {
    const cursor = this.#open('pitm');
    return cursor?.read(cursor.version === 0 ? 2 : 4);
  }

  /** The types of the items by id, such as `hvc1`, `grid` or `Exif`. */
  types(): Map<number, string> {
    const types = new Map<number, string>();
    const cursor = this.#open('iinf');
    if (!cursor) return types;
    cursor.read(cursor.version === 0 ? 2 : 4);
    for (const { type, start, end } of boxes(this.#bytes, { start: cursor.at, end: cursor.end })) {
      if (type !== 'infe') continue;
      const entry = new ByteCursor(this.#bytes, { start, end }, true);
      if (entry.version < 2) continue;
      const id = entry.read(entry.version === 2 ? 2 : 4);
      types.set(id, fourCharacters(this.#bytes, entry.at + 2));
    }
    return types;
  }

  /** The bytes of an item; undefined if they do not lie in this file. */
  data(id: number): Uint8Array<ArrayBuffer> | undefined {
    this.#locations ??= this.#readLocations();
    const parts = this.#locations.get(id);
    if (!parts) return undefined;
    const size = parts.reduce((sum, { start, end }) => sum + end - start, 0);
    const isInside = parts.every(({ start, end }) => start <= end && end <= this.#bytes.length);
    if (size > this.#bytes.length || !isInside) return undefined;
    const data = new Uint8Array(size);
    let at = 0;
    for (const { start, end } of parts) {
      data.set(this.#bytes.subarray(start, end), at);
      at += end - start;
    }
    return data;
  }

  /** The properties of an item, in the order in which they apply. */
  properties(id: number): HeifProperty[] {
    const iprp = boxOf(this.#bytes, this.#meta, 'iprp');
    const ipco = iprp && boxOf(this.#bytes, iprp, 'ipco');
    const ipma = iprp && boxOf(this.#bytes, iprp, 'ipma');
    if (!ipco || !ipma) return [];
    const all = Array.from(boxes(this.#bytes, ipco), ({ type, start, end }) => ({
      type,
      content: this.#bytes.subarray(start, end),
    }));
    const cursor = new ByteCursor(this.#bytes, ipma, true);
    const count = cursor.read(4);
    for (let entry = 0; entry < count; entry++) {
      const item = cursor.read(cursor.version === 0 ? 2 : 4);
      const isLong = (cursor.flags & 1) === 1;
      const indexes = Array.from({ length: cursor.read(1) }, () =>
        isLong ? cursor.read(2) & 0x7fff : cursor.read(1) & 0x7f,
      );
      if (item === id) return indexes.flatMap((index) => all[index - 1] ?? []);
    }
    return [];
  }

  /** The ids of the items that an item is made of. */
  partsOf(id: number): number[] {
    const cursor = this.#open('iref');
    if (!cursor) return [];
    const size = cursor.version === 0 ? 2 : 4;
    for (const box of boxes(this.#bytes, { start: cursor.at, end: cursor.end })) {
      const reference = new ByteCursor(this.#bytes, box, false);
      if (box.type !== 'dimg' || reference.read(size) !== id) continue;
      return Array.from({ length: reference.read(2) }, () => reference.read(size));
    }
    return [];
  }

  #open(type: string): ByteCursor | undefined {
    const box = boxOf(this.#bytes, this.#meta, type);
    return box && new ByteCursor(this.#bytes, box, true);
  }

  /** Where the bytes of each item lie; items in other files are left out. */
  #readLocations(): Map<number, Span[]> {
    const locations = new Map<number, Span[]>();
    const cursor = this.#open('iloc');
    if (!cursor) return locations;
    const idat = boxOf(this.#bytes, this.#meta, 'idat');
    const { version } = cursor;
    const [sizes, moreSizes] = [cursor.read(1), cursor.read(1)];
    // Extents that take no bytes could be any number.
    if (sizes === 0) return locations;
    const indexSize = version === 0 ? 0 : moreSizes & 15;
    const count = cursor.read(version < 2 ? 2 : 4);
    for (let item = 0; item < count; item++) {
      const id = cursor.read(version < 2 ? 2 : 4);
      const method = version === 0 ? 0 : cursor.read(2) & 15;
      cursor.read(2);
      const base = cursor.read(moreSizes >> 4);
      // Method 1 counts from the box `idat`.
      const from = method === 0 ? base : method === 1 && idat ? idat.start + base : undefined;
      const extents = Array.from({ length: cursor.read(2) }, () => {
        cursor.read(indexSize);
        const start = (from ?? 0) + cursor.read(sizes >> 4);
        return { start, end: start + cursor.read(sizes & 15) };
      });
      if (from !== undefined) locations.set(id, extents);
    }
    return locations;
  }
}

/** The EXIF data of a HEIF or AVIF file: its item of the type `Exif` (ISO/IEC 23008-12, A.2). */
export function heifExif(bytes: Uint8Array): Uint8Array | undefined {
  const meta = HeifMeta.of(bytes);
  const id = [...(meta?.types() ?? [])].find(([, type]) => type === 'Exif')?.[0];
  const data = id === undefined ? undefined : meta?.data(id);
  // Four bytes tell how many more precede the TIFF header.
  return data && data.subarray(4 + viewOf(data).getUint32(0));
}
