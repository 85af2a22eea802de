/** What bench/peer/runtime-worker.ts uses of LiteRT.js, which is installed only for the benchmark. */
declare module '@litertjs/core' {
  export class Tensor {
    constructor(data: Float32Array, shape: readonly number[]);
    /** The tensor on another accelerator; this one is no longer there. */
    moveTo(accelerator: 'wasm' | 'webgpu'): Promise<Tensor>;
    toTypedArray(): Float32Array;
    delete(): void;
  }

  export function loadLiteRt(folder: string, options: { readonly threads: boolean }): Promise<void>;

  export function loadAndCompile(
    model: Uint8Array,
    options: {
      readonly accelerator: 'wasm' | 'webgpu';
      readonly cpuOptions?: { readonly numThreads: number };
    },
  ): Promise<{ run(inputs: readonly Tensor[]): Promise<Tensor[]> }>;
}
