/**
 * As many of WebAssembly's instructions as the kernels need. Opcodes:
 * https://webassembly.github.io/spec/core/appendix/index-instructions.html
 */

/** Instructions, or any other part of a module, as bytes. */
export type Code = readonly number[];

export const I32 = 0x7f;
export const F32 = 0x7d;
/** Four floats. */
export const V128 = 0x7b;

export const END = 0x0b;
const BLOCK: Code = [0x02, 0x40];
const LOOP: Code = [0x03, 0x40];
/** To the end of the innermost block, or the start of the innermost loop. */
const BRANCH_IF: Code = [0x0d, 0];

/** LEB128 of a number from 0 up. */
export function unsigned(value: number): Code {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a number of either sign. */
function signed(value: number): Code {
  const low = value & 0x7f;
  return value >= -0x40 && value < 0x40 ? [low] : [low | 0x80, ...signed(value >> 7)];
}

const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];
/** The alignment is a hint: 4 bytes, as every float has. */
const at = (offset: number): Code => [2, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const i32 = (value: number): Code => [0x41, ...signed(value)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x71];
export const shiftRight = (a: Code, bits: Code): Code => [...a, ...bits, 0x76];
/** The lesser of two numbers from 0 up; each is computed twice. */
export const lesser = (a: Code, b: Code): Code => [...a, ...b, ...a, ...b, 0x49, 0x1b];

/** Runs the body as often as a local says, which is 0 afterwards. */
export function repeat(counter: number, body: Code): Code {
  const skipAtZero = [...get(counter), 0x45, ...BRANCH_IF];
  const next = set(counter, add(get(counter), i32(-1)));
  const again = [...next, ...get(counter), ...BRANCH_IF];
  return [...BLOCK, ...skipAtZero, ...LOOP, ...body, ...again, END, END];
}

/** Four floats at an address and so many bytes. */
export const load = (address: Code, offset = 0): Code => [...address, ...simd(0x00), ...at(offset)];
/** One float, four times. */
export const loadSplat = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x09),
  ...at(offset),
];
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  ...at(offset),
];
export const splat = (float: Code): Code => [...float, ...simd(0x13)];
/** `b < a ? b : a`: a NaN in `a` stays one. */
export const pseudoMin = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xea)];
/** `a < b ? b : a` */
export const pseudoMax = (a: Code, b: Code): Code => [...a, ...b, ...simd(0xeb)];
/** `a * b + c`, rounded once where the processor can: relaxed SIMD. */
export const multiplyAdd = (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, ...simd(0x105)];
