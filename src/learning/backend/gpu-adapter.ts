/** The WebGPU adapter of this device. */
interface FoundAdapter {
  readonly adapter: GPUAdapter;
  readonly info: GPUAdapterInfo | undefined;
  /** Whether it computes on the CPU, far slower than wasm. */
  readonly isFallback: boolean;
}

/** Milliseconds until the second question: the browser's GPU process may still be starting. */
const SECOND_TRY_MS = 50;

let asking: Promise<GPUAdapter | null> | undefined;
let finding: Promise<FoundAdapter | undefined> | undefined;

/** Asks for the WebGPU adapter, once; undefined if there is none. It never rejects. */
export function gpuAdapter(): Promise<FoundAdapter | undefined> {
  return (finding ??= findAdapter().catch(() => undefined));
}

/** Whether the browser names a real GPU at the first question; `gpuAdapter` may yet find one. */
export async function isGpuThere(): Promise<boolean> {
  const adapter = await firstAnswer().catch(() => null);
  return adapter !== null && !isFallback(adapter);
}

function ask(): Promise<GPUAdapter | null> {
  const gpu = navigator.gpu as GPU | undefined;
  return gpu?.requestAdapter({ powerPreference: 'high-performance' }) ?? Promise.resolve(null);
}

function firstAnswer(): Promise<GPUAdapter | null> {
  return (asking ??= ask());
}

async function findAdapter(): Promise<FoundAdapter | undefined> {
  let adapter = await firstAnswer();
  if (!adapter && 'gpu' in navigator) {
    await new Promise((resolve) => setTimeout(resolve, SECOND_TRY_MS));
    adapter = await ask();
  }
  return adapter ? { adapter, info: infoOf(adapter), isFallback: isFallback(adapter) } : undefined;
}

/** Older browsers have no `info`, or the flag on the adapter itself. */
function infoOf({ info }: GPUAdapter): GPUAdapterInfo | undefined {
  return info;
}

function isFallback(adapter: GPUAdapter): boolean {
  const own = (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter;
  return infoOf(adapter)?.isFallbackAdapter ?? own ?? false;
}
