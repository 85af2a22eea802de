import { fourCharacters, viewOf, withinBytes, type Span } from './byte-reader.ts';

/** The boxes inside a span, each with the span of its content (ISO/IEC 14496-12, 4.2). */
export function* boxes(bytes: Uint8Array, span: Span): Generator<Span & { type: string }> {
  const view = viewOf(bytes);
  let offset = span.start;
  while (offset + 8 <= span.end) {
    const declared = view.getUint32(offset);
    const isLong = declared === 1;
    const header = isLong ? 16 : 8;
    const size = isLong ? Number(view.getBigUint64(offset + 8)) : declared || span.end - offset;
    if (size < header) return;
    const end = Math.min(offset + size, span.end);
    yield { type: fourCharacters(bytes, offset + 4), start: offset + header, end };
    offset = end;
  }
}

/** The content of the first box of a type; undefined if there is none. */
export function boxOf(bytes: Uint8Array, span: Span, type: string): Span | undefined {
  for (const box of boxes(bytes, span)) if (box.type === type) return box;
  return undefined;
}

/** The content of `meta`, without the version and flags that a FullBox begins with. */
export function metaOf(bytes: Uint8Array): Span | undefined {
  const meta = boxOf(bytes, { start: 0, end: bytes.length }, 'meta');
  return meta && { start: meta.start + 4, end: meta.end };
}

/**
 * The largest `ispe` property in `meta/iprp/ipco` (ISO/IEC 23008-12, 6.5.3): each tile has one too.
 */
export function largestSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const meta = metaOf(bytes);
  const properties = meta && boxOf(bytes, meta, 'iprp');
  const container = properties && boxOf(bytes, properties, 'ipco');
  if (!container) return undefined;
  const view = viewOf(bytes);
  let largest: { width: number; height: number } | undefined;
  for (const box of boxes(bytes, container)) {
    if (box.type !== 'ispe') continue;
    const size = { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}

/** The EXIF data of a HEIF or AVIF file: its item of the type `Exif` (ISO/IEC 23008-12, A.2). */
export function isobmffExif(bytes: Uint8Array): Uint8Array | undefined {
  return withinBytes(() => {
    const meta = metaOf(bytes);
    const information = meta && boxOf(bytes, meta, 'iinf');
    const locations = meta && boxOf(bytes, meta, 'iloc');
    if (!information || !locations) return undefined;
    const id = exifItem(bytes, information);
    const span = id === undefined ? undefined : extentOf(bytes, locations, id);
    if (!span) return undefined;
    // Four bytes tell how many more precede the TIFF header.
    const start = span.start + 4 + viewOf(bytes).getUint32(span.start);
    return bytes.subarray(start, span.end);
  });
}

function exifItem(bytes: Uint8Array, information: Span): number | undefined {
  const view = viewOf(bytes);
  const first = information.start + 4 + (view.getUint8(information.start) === 0 ? 2 : 4);
  for (const { type, start } of boxes(bytes, { start: first, end: information.end })) {
    const version = type === 'infe' ? view.getUint8(start) : 0;
    if (version < 2) continue;
    const isLong = version > 2;
    if (fourCharacters(bytes, start + (isLong ? 10 : 8)) !== 'Exif') continue;
    return isLong ? view.getUint32(start + 4) : view.getUint16(start + 4);
  }
  return undefined;
}

/** The first extent of an item that lies in the file itself (ISO/IEC 14496-12, 8.11.3). */
function extentOf(bytes: Uint8Array, { start, end }: Span, wanted: number): Span | undefined {
  const view = viewOf(bytes);
  const version = view.getUint8(start);
  const [sizes, moreSizes] = [view.getUint8(start + 4), view.getUint8(start + 5)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4];
  const indexSize = version === 0 ? 0 : moreSizes & 15;
  let at = start + 6;
  const read = (size: number) => {
    let value = 0;
    for (let end = at + size; at < end; at++) value = value * 256 + view.getUint8(at);
    return value;
  };
  const count = read(version < 2 ? 2 : 4);
  for (let item = 0; item < count && at < end; item++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    read(2);
    const base = read(baseSize);
    const extents = read(2);
    for (let extent = 0; extent < extents && at < end; extent++) {
      read(indexSize);
      const from = base + read(offsetSize);
      const length = read(lengthSize);
      if (id === wanted && method === 0) return { start: from, end: from + length };
    }
  }
  return undefined;
}
