/**
 * Encodes the WebAssembly instructions that the kernels need. Opcodes:
 * https://webassembly.github.io/spec/core/appendix/index-instructions.html
 */

/**
 * The bytes of instructions or of any other part of a module. They are nested, because to copy them
 * into each other at every level would take longer than to compile the module.
 */
export type Code = readonly (number | Code)[];

/** Value types: a 32-bit integer, a 32-bit float. */
export const I32 = 0x7f;
export const F32 = 0x7d;
/** Value type of a vector; here always four floats. */
export const V128 = 0x7b;

export const END = 0x0b;
const BLOCK: Code = [0x02, 0x40];
const LOOP: Code = [0x03, 0x40];
/** Jumps to the end of the innermost block, or to the start of the innermost loop. */
const BRANCH_IF: Code = [0x0d, 0];

/** Unsigned LEB128 encoding of a number. */
export function unsigned(value: number): Code {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, unsigned(value >>> 7)];
}

/** Signed LEB128 encoding of a number. */
function signed(value: number): Code {
  const low = value & 0x7f;
  return value >= -0x40 && value < 0x40 ? [low] : [low | 0x80, signed(value >> 7)];
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
/**
 * The memory argument: alignment as a power of two, only a hint and here mostly that of a float, and
 * offset.
 */
const memoryArgument = (offset: number, alignment = 2): Code => [alignment, unsigned(offset)];

export const get = (local: number): Code => [0x20, unsigned(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, unsigned(local)];

export const i32 = (value: number): Code => [0x41, signed(value)];
export const add = (a: Code, b: Code): Code => [a, b, 0x6a];
export const and = (a: Code, b: Code): Code => [a, b, 0x71];
export const shiftRight = (a: Code, bits: Code): Code => [a, bits, 0x76];
/** The minimum of two signed numbers. The code of each runs twice. */
export const signedMin = (a: Code, b: Code): Code => [a, b, a, b, 0x48, 0x1b];

/** Repeats the body. The local `counter` holds the number of repetitions, and 0 afterwards. */
export function repeat(counter: number, body: Code): Code {
  const skipAtZero = [get(counter), 0x45, BRANCH_IF];
  const next = set(counter, add(get(counter), i32(-1)));
  const again = [next, get(counter), BRANCH_IF];
  return [BLOCK, skipAtZero, LOOP, body, again, END, END];
}

/** Loads four floats from an address plus an offset in bytes. */
export const load = (address: Code, offset = 0): Code => [
  address,
  simd(0x00),
  memoryArgument(offset),
];
/** Loads one float into all four lanes. */
export const loadSplat = (address: Code, offset = 0): Code => [
  address,
  simd(0x09),
  memoryArgument(offset),
];
/** Stores four floats at an address plus an offset in bytes. */
export const store = (address: Code, value: Code, offset = 0): Code => [
  address,
  value,
  simd(0x0b),
  memoryArgument(offset),
];
/** Copies a float into all four lanes. */
export const splat = (float: Code): Code => [float, simd(0x13)];
/** `b < a ? b : a`; a NaN in `a` stays NaN. */
export const pseudoMin = (a: Code, b: Code): Code => [a, b, simd(0xea)];
/** `a < b ? b : a`; a NaN in `a` stays NaN. */
export const pseudoMax = (a: Code, b: Code): Code => [a, b, simd(0xeb)];
export const addFloats = (a: Code, b: Code): Code => [a, b, simd(0xe4)];
export const multiply = (a: Code, b: Code): Code => [a, b, simd(0xe6)];

/**
 * The SIMD instructions that a browser has: `relaxed` has a multiply-add (Chromium since 114, Safari
 * not yet everywhere), `plain` is WebAssembly's first SIMD.
 */
export type Simd = 'relaxed' | 'plain';

/** `a * b + c`; with relaxed SIMD it is rounded once if the processor supports it. */
export const multiplyAdd = (a: Code, b: Code, c: Code, kind: Simd): Code =>
  kind === 'relaxed' ? [a, b, c, simd(0x105)] : addFloats(multiply(a, b), c);

/** Loads four unsigned bytes from an address as four floats. */
export const loadBytes = (address: Code): Code => [
  address,
  simd(0x5c),
  memoryArgument(0, 0),
  simd(0x89),
  simd(0xa9),
  simd(0xfa),
];
/** Stores the first three of four floats. The code of both operands runs twice. */
export const storeThree = (address: Code, value: Code): Code => [
  ...[address, value, simd(0x5b), memoryArgument(0), 0],
  ...[address, value, simd(0x5a), memoryArgument(8), 2],
];
