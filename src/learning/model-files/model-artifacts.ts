import type * as tf from '@tensorflow/tfjs-core';
import { msg, str } from '../../i18n/msg.ts';
import { joinBytes } from '../../platform/join-bytes.ts';
import { Problem } from '../../platform/problem.ts';
import type { BaseSpec } from '../../records/base-spec.ts';

/** The fields of a spec that describe its files. */
type ModelOfFiles = Pick<BaseSpec, 'name'> & {
  /** `model.json` first. */
  readonly files: readonly { readonly path: string }[];
};

/**
 * Reads the topology and the weights from the files of a base, in the form from which TensorFlow.js
 * builds a model.
 *
 * @param files bytes by path, as `loadBaseFiles` gives them
 * @throws Problem `base` when a file is missing or `model.json` is not that of a TensorFlow.js
 *   model
 */
export function modelArtifacts(
  spec: ModelOfFiles,
  files: ReadonlyMap<string, ArrayBuffer>,
): tf.io.ModelArtifacts {
  const modelPath = spec.files[0]?.path ?? 'model.json';
  const folder = modelPath.slice(0, modelPath.lastIndexOf('/') + 1);
  try {
    const json = JSON.parse(
      new TextDecoder().decode(files.get(modelPath)),
    ) as Partial<tf.io.ModelJSON>;
    const { weightsManifest = [], ...artifacts } = json;
    const shards = weightsManifest
      .flatMap((group) => group.paths)
      .map((path) => {
        const shard = files.get(folder + path);
        if (!shard) throw new Error(`${path} is missing`);
        return shard;
      });
    const [only] = shards;
    return {
      ...artifacts,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: only && shards.length === 1 ? only : joinBytes(shards).buffer,
    };
  } catch (thrown) {
    throw new Problem('base', msg(str`The base model “${spec.name}” cannot be read.`), {
      cause: thrown,
    });
  }
}
