/**
 * Runs a base by ONNX Runtime Web or by LiteRT.js, in a worker of a page of its own. A classic worker,
 * because LiteRT.js loads its code with `importScripts`.
 */
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { goldenPicture } from '../../src/learning/network/golden-check.ts';

/** What a worker of a runtime is asked for. */
export type RuntimeCall =
  | {
      readonly kind: 'start';
      readonly runtime: 'onnx' | 'litert';
      readonly threads: number;
      readonly backend: 'wasm' | 'webgpu';
      /** Address of the model. */
      readonly model: string;
      readonly size: number;
      readonly batch: number;
    }
  | { readonly kind: 'features' }
  | { readonly kind: 'time'; readonly passes: number };

type Features = () => Promise<Float32Array>;

interface OnnxRuntime {
  readonly env: { readonly wasm: { wasmPaths: string; numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { executionProviders: readonly string[] },
    ): Promise<{
      readonly outputNames: readonly string[];
      run(feeds: Record<string, object>): Promise<Record<string, { readonly data: Float32Array }>>;
    }>;
  };
}

let features: Features | undefined;

addEventListener('message', ({ data, ports: [port] }: MessageEvent<RuntimeCall>) => {
  answer(data).then(
    (result) => port!.postMessage({ result }),
    (thrown: unknown) => port!.postMessage({ error: String(thrown) }),
  );
});

async function answer(call: RuntimeCall): Promise<unknown> {
  if (call.kind === 'start') {
    const bytes = new Uint8Array(await (await fetch(call.model)).arrayBuffer());
    const start = call.runtime === 'onnx' ? startOnnx : startLiteRt;
    features = await start(bytes, call);
    return undefined;
  }
  if (!features) throw new Error('Not started');
  if (call.kind === 'features') return [...(await features())];
  for (let pass = 0; pass < 2; pass++) await features();
  const times: number[] = [];
  for (let pass = 0; pass < call.passes; pass++) {
    const started = performance.now();
    await features();
    times.push(performance.now() - started);
  }
  return times;
}

type Start = Extract<RuntimeCall, { kind: 'start' }>;

async function startOnnx(
  model: Uint8Array,
  { threads, backend, size, batch }: Start,
): Promise<Features> {
  const address = `/onnxruntime-web/dist/ort.${backend}.bundle.min.mjs`;
  const runtime = (await import(address)) as OnnxRuntime;
  runtime.env.wasm.wasmPaths = '/onnxruntime-web/dist/';
  runtime.env.wasm.numThreads = threads;
  const session = await runtime.InferenceSession.create(model, { executionProviders: [backend] });
  const pixels = golden(size, batch, true);
  const output = session.outputNames[0]!;
  return async () => {
    const image = new runtime.Tensor('float32', pixels, [batch, 3, size, size]);
    return (await session.run({ image }))[output]!.data;
  };
}

async function startLiteRt(
  model: Uint8Array,
  { threads, backend, size, batch }: Start,
): Promise<Features> {
  const folder = '/@litertjs/core/wasm/';
  // In a worker its code does not know its own address.
  Object.assign(globalThis, {
    Module: {
      locateFile: (name: string) => folder + name,
      mainScriptUrlOrBlob: `${folder}litert_wasm_threaded_internal.js`,
    },
  });
  await loadLiteRt(folder, { threads: threads > 1 });
  const compiled = await loadAndCompile(model, {
    accelerator: backend,
    ...(backend === 'wasm' && { cpuOptions: { numThreads: threads } }),
  });
  const pixels = golden(size, batch, false);
  return async () => {
    const image = new Tensor(pixels, [batch, size, size, 3]);
    const [output] = await compiled.run([image]);
    const onHost = backend === 'wasm' ? output! : await output!.moveTo('wasm');
    const values = onHost.toTypedArray().slice();
    image.delete();
    onHost.delete();
    return values;
  };
}

/** The golden picture several times, from -1 to 1. */
function golden(size: number, batch: number, channelsFirst: boolean): Float32Array {
  const rgb = goldenPicture(size);
  const plane = size * size;
  const one = Float32Array.from(rgb, (_, index) => {
    const at = channelsFirst ? (index % plane) * 3 + Math.floor(index / plane) : index;
    return rgb[at]! / 127.5 - 1;
  });
  const all = new Float32Array(batch * one.length);
  for (let picture = 0; picture < batch; picture++) all.set(one, picture * one.length);
  return all;
}
