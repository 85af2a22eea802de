import { END, unsigned, type Code } from './instructions.ts';

/** A function that is exported; it gives nothing back. */
export interface WasmFunction {
  readonly name: string;
  /** Types, `I32` and the like: the first locals. */
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: Code;
}

/** Numbers of sections of a module. */
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const;

/**
 * A WebAssembly module of functions over a memory that it imports as `env.memory`. Kernels are made at
 * run time, so that what runs is what the source says, and no other compiler is needed.
 * https://webassembly.github.io/spec/core/binary/modules.html
 */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vector(parameters.map(byte)), 0]);
  const memory = [...text('env'), ...text('memory'), 2, 0, ...unsigned(0)];
  const indices = functions.map((_, index) => unsigned(index));
  const exported = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const code = functions.map(({ locals, body }) => {
    const bytes = [...vector(locals.map((type) => [1, type])), ...body, END];
    return [...unsigned(bytes.length), ...bytes];
  });
  return new Uint8Array([
    ...text('\0asm').slice(1),
    ...[1, 0, 0, 0],
    ...section(SECTION.types, types),
    ...section(SECTION.imports, [memory]),
    ...section(SECTION.functions, indices),
    ...section(SECTION.exports, exported),
    ...section(SECTION.code, code),
  ]);
}

function section(id: number, entries: readonly Code[]): Code {
  const content = vector(entries);
  return [id, ...unsigned(content.length), ...content];
}

/** The number of entries, and the entries. */
function vector(entries: readonly Code[]): Code {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(value: string): Code {
  return vector(Array.from(value, (character) => [character.charCodeAt(0)]));
}

function byte(value: number): Code {
  return [value];
}
