import { msg, str } from '../../i18n/msg.ts';
import type { BackendName } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { DeviceWatch } from './device-watch.ts';
import { gpuAdapter } from './gpu-adapter.ts';
import { gpuDevice } from './gpu-device.ts';
import { loadTensorBackend } from './load-tensor-backend.ts';

/** What computes: plans run on it at once, TensorFlow.js once `startTensors` is done. */
export interface ActiveBackend {
  readonly name: BackendName;
  /** Shown to the user: the GPU's name, or "CPU". */
  readonly device: string;
  /** Reads tensors back, and detects a lost or failing device. */
  readonly watch: DeviceWatch;
  /** Where plans run, without TensorFlow.js; undefined where it computes everything. */
  readonly plans: 'wasm' | GPUDevice | undefined;
  /**
   * Makes it the backend of TensorFlow.js, whose code is loaded then; only the first call does
   * something. It has to be done before a tensor is made.
   *
   * @throws Problem `backend` when it does not start here
   */
  startTensors(): Promise<void>;
}

/**
 * The backends in order of preference. WebGPU on a fallback adapter is skipped: it computes on the
 * CPU, far slower than wasm.
 */
export const PREFERENCE: readonly BackendName[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** Seconds to wait for an answer of a GPU emulated in software, which can take minutes. */
const SOFTWARE_TIMEOUT = 600;

/**
 * Starts a backend. The code of TensorFlow.js is loaded for one without plans only.
 *
 * @param forced uses WebGPU even if its adapter is only a fallback adapter
 * @throws Problem `backend` when the backend does not start here
 */
export function activateBackend(name: BackendName, forced: boolean): Promise<ActiveBackend> {
  return withProblem(name, async () => {
    switch (name) {
      case 'webgpu':
        return await activateWebGpu(forced);
      case 'wasm':
        return activateWasm();
      case 'webgl':
        return await activateWebGl();
      case 'cpu': {
        const start = async () => (await loadTensorBackend()).startCpu();
        await start();
        return backendOf({ name, device: 'CPU' }, start);
      }
    }
  });
}

/** As `activateBackend`, with the tensors started. */
export async function activateTensors(name: BackendName): Promise<ActiveBackend> {
  const backend = await activateBackend(name, true);
  await backend.startTensors();
  return backend;
}

/** As `activateTensors`, on the processor: wasm, or else JavaScript. */
export function activateOnProcessor(): Promise<ActiveBackend> {
  return activateTensors('wasm').catch(() => activateTensors('cpu'));
}

async function activateWebGpu(forced: boolean): Promise<ActiveBackend> {
  const found = await gpuAdapter();
  if (!found) throw new Problem('backend', msg('This browser has no WebGPU adapter.'));
  const { adapter, info, isFallback } = found;
  if (isFallback && !forced) {
    throw new Problem('backend', msg('WebGPU only has a software adapter here.'));
  }
  const gpu = await gpuDevice(adapter);
  // Browsers fill in different fields: often vendor and architecture, rarely the card's name.
  const names = [info?.description, info?.vendor, info?.architecture, info?.device].filter(Boolean);
  const device = names.join(', ') || 'GPU';
  const watch = new DeviceWatch(isFallback ? SOFTWARE_TIMEOUT : undefined);
  watch.followWebGpu(gpu);
  return backendOf({ name: 'webgpu', device, watch, plans: gpu }, async () =>
    (await loadTensorBackend()).startWebGpu(gpu, info),
  );
}

async function activateWebGl(): Promise<ActiveBackend> {
  const gl = await (await loadTensorBackend()).startWebGl();
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : '';
  const software = /swiftshader|llvmpipe|software/i.test(renderer);
  const watch = new DeviceWatch(software ? SOFTWARE_TIMEOUT : undefined);
  // The types of TensorFlow.js omit the canvas; in a worker it is an OffscreenCanvas.
  watch.followWebGl((gl as unknown as { canvas: OffscreenCanvas }).canvas);
  const device = renderer || msg('GPU through WebGL');
  return backendOf({ name: 'webgl', device, watch }, () => Promise.resolve());
}

function activateWasm(): ActiveBackend {
  // Undefined in the Lockdown Mode of iOS and macOS, although the types say otherwise.
  const { WebAssembly } = globalThis as { WebAssembly?: { validate(code: BufferSource): boolean } };
  if (!WebAssembly) {
    throw new Problem('backend', msg('This browser has no WebAssembly, as in Lockdown Mode.'));
  }
  const device = WebAssembly.validate(USES_SIMD) ? msg('CPU with SIMD') : 'CPU';
  return backendOf({ name: 'wasm', device, plans: 'wasm' }, async () =>
    (await loadTensorBackend()).startWasm(),
  );
}

/** A WebAssembly module with one instruction on vectors, `i8x16.splat`. */
const USES_SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
);

/** @param start makes it the backend of TensorFlow.js */
function backendOf(
  facts: Pick<ActiveBackend, 'name' | 'device'> & Partial<Pick<ActiveBackend, 'watch' | 'plans'>>,
  start: () => Promise<void>,
): ActiveBackend {
  let starting: Promise<void> | undefined;
  return {
    ...{ watch: new DeviceWatch(), plans: undefined, ...facts },
    startTensors: () => {
      starting ??= withProblem(facts.name, start).catch((thrown: unknown) => {
        // The next call tries again.
        starting = undefined;
        throw thrown;
      });
      return starting;
    },
  };
}

/** What is thrown becomes a Problem `backend`, unless it is a Problem. */
async function withProblem<Result>(
  name: BackendName,
  start: () => Promise<Result>,
): Promise<Result> {
  try {
    return await start();
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw new Problem('backend', msg(str`The ${name} backend does not start here.`), {
      cause: thrown,
    });
  }
}
