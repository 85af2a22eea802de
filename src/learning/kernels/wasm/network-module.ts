import { depthwiseFunctions } from './depthwise-module.ts';
import { inputFunctions } from './input-module.ts';
import type { Simd } from './instructions.ts';
import { mapFunctions } from './map-module.ts';
import { pointwiseFunctions } from './pointwise-module.ts';
import { wasmModule } from './wasm-module.ts';

const modules = new Map<string, WebAssembly.Module>();

/**
 * A module with every kernel of a frozen network, compiled once.
 *
 * @param shared whether it imports a shared memory
 */
export function networkModule(simd: Simd, shared: boolean): WebAssembly.Module {
  const key = `${simd} ${shared}`;
  let module = modules.get(key);
  if (!module) modules.set(key, (module = new WebAssembly.Module(moduleBytes(simd, shared))));
  return module;
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
  return (['relaxed', 'plain'] as const).find((simd) => {
    try {
      return networkModule(simd, shared) instanceof WebAssembly.Module;
    } catch {
      return false;
    }
  });
}
