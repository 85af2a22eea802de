import type { io } from '@tensorflow/tfjs-core';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { LIMITS } from './limits.ts';
import { bytesStated, expectLength, parseModelJson, type ModelJson } from './model-json.ts';

/** A TF.js model, read and of the length that it states. */
export interface ModelFiles {
  /** Of its folder or its address. */
  readonly name: string;
  readonly json: ModelJson;
  readonly format: ModelJson['format'];
  readonly weights: readonly io.WeightsManifestEntry[];
  /** By path within the folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** Where a model is read from. */
export interface ModelSource {
  readonly name: string;
  /** Names it in messages. */
  readonly what: string;
  /** @throws Problem `base` when there is no model.json, or it is larger than `limit` */
  model(limit: number): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws Problem `base` when there is no such file, or it is larger than `limit` */
  shard(path: string, limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

export const MODEL = 'model.json';

/** "130 MB". */
function megabytes(bytes: number): string {
  const unit = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(intlTag(), unit).format(bytes / 1e6);
}

/**
 * Reads `model.json` and every file of weights that it names.
 *
 * @throws Problem `base` when it is none, or too large, or its weights are not as long as it says
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
  const files = new Map([[MODEL, bytes]]);
  let loaded = 0;
  for (const group of json.groups) {
    const shards: Uint8Array[] = [];
    for (const path of group.paths) {
      const shard = await source.shard(path, LIMITS.bytes);
      shards.push(shard);
      files.set(path, shard);
      loaded += shard.length;
      onBytes(loaded, total);
    }
    expectLength(group, shards);
  }
  const weights = json.groups.flatMap((group) => group.weights);
  return { name: source.name, json, format: json.format, weights, files };
}
