import { fourCharacters, viewOf, type Span } from './byte-reader.ts';

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
