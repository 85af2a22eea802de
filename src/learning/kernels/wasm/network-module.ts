import { depthwiseFunctions } from './depthwise-module.ts';
import { inputFunctions } from './input-module.ts';
import type { Simd } from './instructions.ts';
import { mapFunctions } from './map-module.ts';
import { pointwiseFunctions } from './pointwise-module.ts';
import { wasmModule } from './wasm-module.ts';

const PAGE_BYTES = 65_536;

/** The fastest first. */
const KINDS = ['relaxed', 'plain'] as const;
const modules = new Map<string, WebAssembly.Module>();

/**
 * A module with every kernel of a frozen network, compiled once.
 *
 * @param shared whether it imports a shared memory
 */
export function networkModule(simd: Simd, shared: boolean): WebAssembly.Module {
  const key = keyOf(simd, shared);
  let module = modules.get(key);
  if (!module) modules.set(key, (module = new WebAssembly.Module(moduleBytes(simd, shared))));
  return module;
}

/**
 * A memory for such a module; it does not grow.
 *
 * @param bytes that it has at least
 * @throws RangeError if there is no memory for it
 */
export function networkMemory(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/**
 * Compiles the module that `availableSimd` finds, off this thread. Without it the same is compiled
 * when it is first asked for.
 */
export async function compileAhead(shared: boolean): Promise<void> {
  for (const simd of KINDS) {
    if (modules.has(keyOf(simd, shared))) return;
    try {
      const module = await WebAssembly.compile(moduleBytes(simd, shared));
      modules.set(keyOf(simd, shared), module);
      return;
    } catch {
      // The next kind, or none.
    }
  }
}

function keyOf(simd: Simd, shared: boolean): string {
  return `${simd} ${shared}`;
}

function moduleBytes(simd: Simd, shared: boolean): Uint8Array<ArrayBuffer> {
  const functions = [
    ...pointwiseFunctions(simd),
    ...depthwiseFunctions(simd),
    ...inputFunctions(),
    ...mapFunctions(),
  ];
  return wasmModule(functions, { shared });
}

/**
 * The best SIMD that WebAssembly has here; undefined without any.
 *
 * @param shared whether the memory will be shared: its module is compiled to find out
 */
export function availableSimd(shared = false): Simd | undefined {
  return KINDS.find((simd) => {
    try {
      return networkModule(simd, shared) instanceof WebAssembly.Module;
    } catch {
      return false;
    }
  });
}
