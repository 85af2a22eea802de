import type { Format } from './formats.ts';
import { formatOf } from './formats.ts';

/**
 * The picture or film in a format that browsers do not read; undefined if it is none that is known.
 *
 * @param bytes the beginning of the file: enough for the directory of a camera's raw file
 */
export function unreadFormat(
  bytes: Uint8Array,
): (Required<Format> & { readonly kind: 'picture' | 'film' }) | undefined {
  const { kind, name } = formatOf(bytes) ?? {};
  if (name !== undefined && (kind === 'picture' || kind === 'film')) return { kind, name };
  return isDrawing(bytes) ? { kind: 'picture', name: 'SVG' } : undefined;
}

function isDrawing(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\s*(<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<svg[\s>]/is.test(text);
}
