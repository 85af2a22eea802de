/** The WebGPU adapter of this device. */
interface FoundAdapter {
  readonly adapter: GPUAdapter;
  readonly info: GPUAdapterInfo | undefined;
  /** Whether it computes on the CPU, far slower than wasm. */
  readonly isFallback: boolean;
}

/** Milliseconds until the second question: the browser's GPU process may still be starting. */
const SECOND_TRY_MS = 50;

let finding: Promise<FoundAdapter | undefined> | undefined;

/** Asks for the WebGPU adapter, once; undefined if there is none. It never rejects. */
export function gpuAdapter(): Promise<FoundAdapter | undefined> {
  return (finding ??= findAdapter().catch(() => undefined));
}

async function findAdapter(): Promise<FoundAdapter | undefined> {
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) return undefined;
  const ask = () => gpu.requestAdapter({ powerPreference: 'high-performance' });
  let adapter = await ask();
  if (!adapter) {
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
    adapter = await ask();
  }
  if (!adapter) return undefined;
  // Older browsers have no `info`, or the flag on the adapter itself.
  const info = adapter.info as GPUAdapterInfo | undefined;
  const isFallback =
    info?.isFallbackAdapter ??
    (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter ??
    false;
  return { adapter, info, isFallback };
}
