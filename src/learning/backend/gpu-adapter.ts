/** The WebGPU adapter of this device. */
interface FoundAdapter {
  readonly info: GPUAdapterInfo | undefined;
  /** Whether it computes on the CPU, far slower than wasm. */
  readonly isFallback: boolean;
}

let finding: Promise<FoundAdapter | undefined> | undefined;

/** Asks for the WebGPU adapter, once; undefined if there is none. It never rejects. */
export function gpuAdapter(): Promise<FoundAdapter | undefined> {
  return (finding ??= findAdapter().catch(() => undefined));
}

async function findAdapter(): Promise<FoundAdapter | undefined> {
  const adapter = await (navigator.gpu as GPU | undefined)?.requestAdapter({
    powerPreference: 'high-performance',
  });
  if (!adapter) return undefined;
  // Older browsers have no `info`, or the flag on the adapter itself.
  const info = adapter.info as GPUAdapterInfo | undefined;
  const isFallback =
    info?.isFallbackAdapter ??
    (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter ??
    false;
  return { info, isFallback };
}
