import { crc32 } from '../../../platform/archive/crc32.ts';
import { fromBase45 } from './base45.ts';
import { ANY_CODE_START, CODE_LAYOUT, CODE_START, fileId, PART_BYTES } from './model-codes.ts';

/**
 * What a text was: a code that was missing, one that is here already, one of a newer version of the
 * app, a damaged one, or something else.
 */
export type CodeFound = 'new' | 'known' | 'newer' | 'damaged' | 'other';

interface Code {
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly part: Uint8Array;
}

/**
 * Puts a file together from the texts of its codes, in any order and however often each comes. A code
 * of another file begins anew: the person turned to another screen.
 */
export class CodeCollector {
  #id: string | undefined;
  #parts: (Uint8Array | undefined)[] = [];

  /** Number of codes of the file; 0 before the first one. */
  get count(): number {
    return this.#parts.length;
  }

  /** Which codes are here, by their index. */
  get got(): readonly boolean[] {
    return this.#parts.map((part) => part !== undefined);
  }

  add(text: string): CodeFound {
    const code = readCode(text);
    if (typeof code === 'string') return code;
    const { id, index, count, part } = code;
    if (id !== this.#id || count !== this.count) {
      this.#id = id;
      this.#parts = Array<undefined>(count).fill(undefined);
    }
    if (this.#parts[index]) return 'known';
    this.#parts[index] = part;
    return 'new';
  }

  /**
   * The file when all its codes are here.
   *
   * @returns undefined while one is missing, and if the joined file does not have the id that the
   *   codes state; then collecting starts again
   */
  async file(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts = this.#parts.filter((part) => part !== undefined);
    if (this.count === 0 || parts.length < this.count) return undefined;
    const id = this.#id;
    const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      file.set(part, at);
      at += part.length;
    }
    if (hex(await fileId(file)) === id) return file;
    if (this.#id === id) this.#parts = [];
    this.#id = undefined;
    return undefined;
  }
}

function readCode(text: string): Code | Exclude<CodeFound, 'new' | 'known'> {
  if (!text.startsWith(CODE_START)) {
    const version = ANY_CODE_START.exec(text)?.[1];
    return version !== undefined && Number(version) > 1 ? 'newer' : 'other';
  }
  const { id, head, check } = CODE_LAYOUT;
  // A text that is too long is refused before it is read: two bytes take three characters.
  if (text.length > CODE_START.length + 1.5 * (head + PART_BYTES + check) + 2) return 'damaged';
  const bytes = fromBase45(text.slice(CODE_START.length));
  if (!bytes || bytes.length <= head + check) return 'damaged';
  const checkAt = bytes.length - check;
  const sum = new DataView(bytes.buffer).getUint32(checkAt, true);
  if (sum !== crc32(bytes.subarray(0, checkAt))) return 'damaged';
  const [index, count] = [bytes[id]!, bytes[id + 1]!];
  if (index >= count) return 'damaged';
  return { id: hex(bytes.subarray(0, id)), index, count, part: bytes.subarray(head, checkAt) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
