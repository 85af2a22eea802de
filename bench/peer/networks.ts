/** Runs engines in a worker. It runs in a page of the test harness: `(await harness.networks()).…`. */
import * as Comlink from 'comlink';
import workerUrl from 'worker-url:./worker-of-networks.ts';
import { trustedScriptUrl } from '../../src/platform/trusted-types.ts';
import type { FeatureModels } from './feature-model.ts';
import type {
  Contender,
  NetworkBackend,
  NetworkPart,
  NetworkService,
} from './worker-of-networks.ts';

let worker: Worker | undefined;
let service: Comlink.Remote<NetworkService> | undefined;

/** Builds every engine of a backend for one input size; those before it are ended. @returns what takes part */
export async function openNetworks(
  size: number,
  backend: NetworkBackend,
  part: NetworkPart,
): Promise<Contender[]> {
  worker?.terminate();
  worker = new Worker(trustedScriptUrl(workerUrl), { type: 'module' });
  service = Comlink.wrap<NetworkService>(worker);
  return service.start(new URL('bases/', document.baseURI).href, size, backend, part);
}

/** What an engine computes of the golden pictures, `[batch, ...]`. */
export async function featuresOf(index: number, batch: number): Promise<number[]> {
  return [...(await service!.features(index, batch))];
}

/** Milliseconds of each of some passes of an engine, after two that do not count. */
export async function timeNetwork(index: number, batch: number, passes: number): Promise<number[]> {
  return service!.time(index, batch, passes);
}

/** The base in the formats of other runtimes, as `data:` addresses. */
export async function modelsFor(batch: number): Promise<Record<keyof FeatureModels, string>> {
  const { onnx, tflite } = await service!.models(batch);
  return { onnx: await dataUrl(onnx), tflite: await dataUrl(tflite) };
}

function dataUrl(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('Not read'));
    };
    reader.readAsDataURL(new Blob([bytes]));
  });
}
