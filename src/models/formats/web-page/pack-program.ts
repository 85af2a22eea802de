import { fromFloat16, toFloat16 } from '../../../platform/float16.ts';
import type { Program } from '../operations/operation.ts';

/** An array of floats in a `PackedProgram`. */
interface PackedFloats {
  /** First byte, number of floats, bits of each: 16 or 32. */
  readonly floats: readonly [start: number, length: number, bits: number];
}

/** A program as text and bytes. */
export interface PackedProgram {
  /** JSON, in which each array of floats is a `PackedFloats`. */
  readonly json: string;
  /** Little-endian floats. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Floats are stored in 16 bits where none changes by more than this fraction of itself. */
const NO_CHANGE = 2 ** -20;
const ALIGNMENT = 4;

/**
 * Packs a program without loss: the weights of a base that was delivered as float16 stay float16,
 * all others are float32.
 */
export function packProgram(program: Program): PackedProgram {
  const parts: Uint8Array[] = [];
  let end = 0;
  const json = JSON.stringify(program, (_key, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    const halves = toFloat16(value);
    const rounded = fromFloat16(halves);
    const isExact = value.every((x, i) => Math.abs(rounded[i]! - x) <= NO_CHANGE * Math.abs(x));
    const stored = isExact ? halves : value;
    const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    const start = end;
    parts.push(bytes);
    end = Math.ceil((start + bytes.length) / ALIGNMENT) * ALIGNMENT;
    parts.push(new Uint8Array(end - start - bytes.length));
    return { floats: [start, value.length, isExact ? 16 : 32] } satisfies PackedFloats;
  });
  const bytes = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { json, bytes };
}

/** @throws RangeError if the bytes are too few */
export function unpackProgram({ json, bytes }: PackedProgram): Program {
  return JSON.parse(json, (_key, value: unknown) => {
    if (!isPackedFloats(value)) return value;
    const [start, length, bits] = value.floats;
    const from = bytes.byteOffset + start;
    return bits === 16
      ? fromFloat16(new Uint16Array(bytes.buffer, from, length))
      : new Float32Array(bytes.buffer, from, length);
  }) as Program;
}

function isPackedFloats(value: unknown): value is PackedFloats {
  return typeof value === 'object' && value !== null && 'floats' in value;
}
