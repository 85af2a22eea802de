import type { TensorMemory } from './tensor-backend.ts';

type TensorBackend = typeof import('./tensor-backend.ts');

let loaded: TensorBackend | undefined;

/** Loads the part of TensorFlow.js that all its backends share. */
export async function loadTensorBackend(): Promise<TensorBackend> {
  return (loaded ??= await import('./tensor-backend.ts'));
}

/** What TensorFlow.js uses now: nothing until it is loaded. */
export function tensorsInUse(): TensorMemory {
  return loaded?.tensorMemory() ?? { tensors: 0, bytes: 0 };
}
