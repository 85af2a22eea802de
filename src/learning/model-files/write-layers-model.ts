import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { WeightOf } from './classifier.ts';
import type { FunctionalJson } from './keras/keras-json.ts';
import { everyLayer, weightNames } from './keras/weight-names.ts';
import { LIMITS } from './limits.ts';
import { FEATURES_METADATA } from './base-topology.ts';
import { parseModelJson, tooManyParameters } from './model-json.ts';
import { MODEL, type ModelFiles } from './read-model.ts';
import { missingWeights } from './weights-by-layer.ts';

const WEIGHTS = 'weights.bin';

interface Options {
  readonly name: string;
  /** What wrote the network, such as `keras 3.15.1`. */
  readonly generatedBy: string;
  /** Whether the output is the features and no classifier follows it; see `FEATURES_METADATA`. */
  readonly isCut: boolean;
  readonly onBytes?: (loaded: number, total: number) => void;
}

/**
 * Writes a network as the files of a TF.js LayersModel, float32.
 *
 * @param network from `normalizeTopology` or a part of it
 * @param weightOf finds its weights; each is read once, after the size of all is checked
 * @throws Problem `base` when the network is too large, or a weight cannot be read; TopologyError when
 *   a weight is missing
 */
export function writeLayersModel(
  network: FunctionalJson,
  weightOf: WeightOf,
  { name, generatedBy, isCut, onBytes }: Options,
): ModelFiles {
  const missing: string[] = [];
  const found = everyLayer(network).flatMap((layer) =>
    weightNames(layer).flatMap((weight) => {
      const array = weightOf(layer, weight);
      if (!array) missing.push(`${layer.name}/${weight}`);
      return array ? [{ name: `${layer.name}/${weight}`, array }] : [];
    }),
  );
  if (missing.length > 0) throw missingWeights(missing);
  const sizes = found.map(({ array }) => array.shape.reduce((a, b) => a * b, 1));
  const total = sizes.reduce((a, b) => a + b, 0);
  if (!(total <= LIMITS.parameters)) throw tooManyParameters(`“${name}”`, total);
  const values = new Float32Array(total);
  let at = 0;
  for (const [i, { array, ...weight }] of found.entries()) {
    const read = readOrRefuse(weight.name, name, () => array.read());
    if (read.length !== sizes[i]) throw unreadable(weight.name, name);
    values.set(read, at);
    at += read.length;
    onBytes?.(4 * at, 4 * total);
  }
  const json = {
    format: 'layers-model',
    generatedBy,
    modelTopology: network,
    weightsManifest: [
      {
        paths: [WEIGHTS],
        weights: found.map(({ name, array }) => ({
          name,
          shape: array.shape,
          dtype: 'float32',
        })),
      },
    ],
    ...(isCut && { userDefinedMetadata: FEATURES_METADATA }),
  };
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  const parsed = parseModelJson(bytes, `“${name}”`);
  return {
    name,
    json: parsed,
    format: 'layers-model',
    weights: parsed.groups.flatMap((group) => group.weights),
    files: new Map([
      [MODEL, bytes],
      [WEIGHTS, new Uint8Array(values.buffer)],
    ]),
  };
}

function readOrRefuse<Result>(weight: string, model: string, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    throw unreadable(weight, model, thrown);
  }
}

function unreadable(weight: string, model: string, cause?: unknown): Problem {
  return new Problem('base', msg(str`${weight} of “${model}” could not be read.`), { cause });
}
