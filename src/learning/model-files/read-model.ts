import type { io } from '@tensorflow/tfjs-core';
import type { PreprocessingMode } from '../../records/base-inspection.ts';
import { megabytes } from '../../i18n/megabytes.ts';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { SplitNetwork } from './classifier.ts';
import { LIMITS } from './limits.ts';
import {
  bytesStated,
  expectLength,
  parseModelJson,
  plainPaths,
  shardPath,
  type ModelJson,
} from './model-json.ts';

/** A TensorFlow.js model whose files have the stated lengths. */
export interface ModelFiles {
  /** Name of its folder, from the path or the address. */
  readonly name: string;
  readonly json: ModelJson;
  readonly format: ModelJson['format'];
  readonly weights: readonly io.WeightsManifestEntry[];
  /** Bytes by path within the folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** A model in the format of TensorFlow.js, whatever its own format was. */
export interface ReadModel extends ModelFiles, Pick<SplitNetwork, 'classifier' | 'fault'> {
  /** Class names that lie beside the model or in it, in the order of its outputs; not checked. */
  readonly labels?: readonly string[];
  /** The preprocessing that the files state. */
  readonly mode?: PreprocessingMode;
}

/** Gives the files of a model. */
export interface ModelSource {
  readonly name: string;
  /** Name of the model for messages, in quotation marks. */
  readonly what: string;
  /** Reads model.json. @throws Problem `base` when it is missing or larger than `limit` bytes */
  model(limit: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Reads a weights file.
   *
   * @param path within the model's folder, from `shardPath`
   * @throws Problem `base` when it is missing or larger than `limit` bytes
   */
  shard(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The file name of a model's topology and weights manifest. */
export const MODEL = 'model.json';

/** The error for a file that is larger than the app takes. */
export function tooLarge(name: string): Problem {
  return new Problem('base', msg(str`${name} is larger than the app takes.`));
}

/**
 * Reads `model.json` and every weights file that it names.
 *
 * @param onBytes reports the bytes of weights that are loaded
 * @throws Problem `base` when `model.json` is invalid, the model is too large, or its weights files
 *   do not have the stated lengths
 */
export async function readModel(
  source: ModelSource,
  onBytes: (loaded: number, total: number) => void = () => undefined,
): Promise<ModelFiles> {
  const bytes = await source.model(LIMITS.modelJson);
  const json = parseModelJson(bytes, source.what);
  const total = bytesStated(json);
  if (total > LIMITS.bytes) {
    const { what } = source;
    const [size, most] = [megabytes(total), megabytes(LIMITS.bytes)];
    throw new Problem(
      'base',
      msg(str`${what} has ${size} of weights; the app takes up to ${most}.`),
    );
  }
  const stored = plainPaths(json);
  const files = new Map([[MODEL, withPaths(bytes, json, stored)]]);
  let loaded = 0;
  for (const group of json.groups) {
    const shards: Uint8Array[] = [];
    for (const path of group.paths) {
      const shard = await source.shard(shardPath(path)!, LIMITS.bytes);
      shards.push(shard);
      files.set(stored.get(path)!, shard);
      loaded += shard.length;
      onBytes(loaded, total);
    }
    expectLength(group, shards);
  }
  const weights = json.groups.flatMap((group) => group.weights);
  return { name: source.name, json, format: json.format, weights, files };
}

/** The bytes of model.json with other paths of its weights files; unchanged if none differs. */
function withPaths(
  bytes: Uint8Array<ArrayBuffer>,
  { groups }: ModelJson,
  paths: ReadonlyMap<string, string>,
): Uint8Array<ArrayBuffer> {
  if ([...paths].every(([path, plain]) => path === plain)) return bytes;
  const json = JSON.parse(new TextDecoder().decode(bytes)) as object;
  const weightsManifest = groups.map((group) => ({
    ...group,
    paths: group.paths.map((path) => paths.get(path)!),
  }));
  return new TextEncoder().encode(JSON.stringify({ ...json, weightsManifest }));
}
