import { END, unsigned, type Code } from './instructions.ts';

/** An exported function without a result. */
export interface WasmFunction {
  readonly name: string;
  /** Value types of the parameters, such as `I32`. */
  readonly parameters: readonly number[];
  /** Value types of the other locals; their indices follow those of the parameters. */
  readonly locals: readonly number[];
  readonly body: Code;
}

/** The ids of a module's sections. */
const SECTION = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 } as const;

/** The largest memory of a module that imports a shared one: 1 GiB. */
const MAX_SHARED_PAGES = 16_384;

/**
 * Encodes a WebAssembly module whose functions work on a memory that it imports as `env.memory`. A
 * shared memory has a maximum of `MAX_SHARED_PAGES` pages or fewer. The kernels are encoded at run time, so the repository holds no binary code and needs no other
 * compiler. Format: https://webassembly.github.io/spec/core/binary/modules.html
 */
export function wasmModule(
  functions: readonly WasmFunction[],
  { shared = false }: { readonly shared?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [0x60, ...vector(parameters.map(byte)), 0]);
  const limits = shared ? [3, 0, ...unsigned(MAX_SHARED_PAGES)] : [0, 0];
  const memory = [...text('env'), ...text('memory'), 2, ...limits];
  const indices = functions.map((_, index) => unsigned(index));
  const exported = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
  const code = functions.map(({ locals, body }) => {
    const bytes = flat([vector(locals.map((type) => [1, type])), body, END]);
    return [unsigned(bytes.length), bytes];
  });
  const module = [
    text('\0asm').slice(1),
    [1, 0, 0, 0],
    section(SECTION.types, types),
    section(SECTION.imports, [memory]),
    section(SECTION.functions, indices),
    section(SECTION.exports, exported),
    section(SECTION.code, code),
  ];
  return Uint8Array.from(flat(module));
}

function section(id: number, entries: readonly Code[]): Code {
  const content = flat(vector(entries));
  return [id, unsigned(content.length), content];
}

/** Encodes a vector: the number of entries, then the entries. */
function vector(entries: readonly Code[]): Code {
  return [unsigned(entries.length), entries];
}

function flat(code: Code, bytes: number[] = []): number[] {
  for (const part of code) {
    if (typeof part === 'number') bytes.push(part);
    else flat(part, bytes);
  }
  return bytes;
}

function text(value: string): Code {
  return vector(Array.from(value, (character) => [character.charCodeAt(0)]));
}

function byte(value: number): Code {
  return [value];
}
