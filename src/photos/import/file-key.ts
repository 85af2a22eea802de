import { sha256 } from '../../platform/sha256.ts';

/** What is known of a file before it is read. */
export interface FileFacts {
  /** Its path within what was chosen. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /**
   * What changes with its contents: the time of the last change in milliseconds since the epoch, or
   * the CRC-32 that an archive states.
   */
  readonly stamp: number;
}

/**
 * Identifies a file without reading it, so that the same folder or archive can be chosen again and
 * only what is new is decoded: a part of the SHA-256 of its facts.
 *
 * @param frames the most photos that are taken from it, if it is a film
 * @returns 16 hexadecimal digits
 */
export async function fileKey({ path, size, stamp }: FileFacts, frames?: number): Promise<string> {
  const facts = [path, size, stamp, ...(frames === undefined ? [] : [frames])];
  return (await sha256(new TextEncoder().encode(facts.join('\n')))).slice(0, 16);
}
