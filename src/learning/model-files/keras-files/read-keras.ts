import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { readHdf5, type Group } from '../../../platform/hdf5.ts';
import type { KerasFiles } from '../choose-model.ts';
import { splitClassifier, type WeightOf } from '../classifier.ts';
import { namesIn } from '../../../platform/listed-names.ts';
import { parseModelText } from '../json-text.ts';
import { isObject, TopologyError } from '../keras/keras-json.ts';
import { normalizeTopology } from '../keras/normalize-topology.ts';
import { weightNames } from '../keras/weight-names.ts';
import { LIMITS } from '../limits.ts';
import { expectOneInputAndOutput } from '../base-topology.ts';
import { tooLarge, type ReadModel } from '../read-model.ts';
import { writeLayersModel } from '../write-layers-model.ts';
import { groupAt, stringsOf, textOf } from './hdf5-values.ts';
import { keras3Weights, legacyWeights, type FindWeight } from './keras-weights.ts';

/**
 * Reads a model that Keras saved, `.keras` or `.h5`, and converts it to a TF.js LayersModel. Only the
 * weights that the base needs are read: the classifier of VGG16 is eight times larger than its body.
 *
 * @param asClassifier as for `splitClassifier`
 * @throws Problem `base` when it is no such model, or the app does not support it
 */
export async function readKeras(
  keras: KerasFiles,
  asClassifier: boolean,
  onBytes: (loaded: number, total: number) => void,
): Promise<ReadModel> {
  const what = `“${keras.name}”`;
  const blob = await keras.weights.blob();
  try {
    return await readHdf5(blob, async (root) => {
      const { config, weights, labels, version } = keras.config
        ? await fromKeras3(keras.config, root, what)
        : fromLegacy(root, what);
      const model = normalizeTopology(config);
      expectOneInputAndOutput(model);
      const weightOf: WeightOf = (layer, name) =>
        weights(layer, name, weightNames(layer).indexOf(name));
      const { body, hasHiddenLayers, ...split } = splitClassifier(model, weightOf, asClassifier);
      const files = writeLayersModel(body, weightOf, {
        name: keras.name,
        generatedBy: `keras ${version}`.trim(),
        isCut: hasHiddenLayers,
        onBytes,
      });
      return { ...files, ...split, ...(labels && { labels }) };
    });
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    const message =
      thrown instanceof TopologyError
        ? msg(str`${what} cannot be built.`)
        : msg(str`${what} is no Keras model that can be read.`);
    throw new Problem('base', message, { cause: thrown });
  }
}

interface KerasContent {
  /** The network as Keras describes it. */
  readonly config: unknown;
  readonly weights: FindWeight;
  readonly labels?: readonly string[] | undefined;
  readonly version: string;
}

async function fromKeras3(
  file: NonNullable<KerasFiles['config']>,
  root: Group,
  what: string,
): Promise<KerasContent> {
  if (file.bytes > LIMITS.modelJson) throw tooLarge('config.json');
  const config = parseModelText(await file.read(), 'config.json', what);
  return { config, weights: keras3Weights(root, config), version: '3' };
}

function fromLegacy(root: Group, what: string): KerasContent {
  const text = textOf(root, 'model_config');
  const weights = groupAt(root, 'model_weights');
  if (text === undefined || !weights) {
    throw new Problem(
      'base',
      msg(
        str`${what} holds weights alone, without their network. Save the whole model with model.save().`,
      ),
    );
  }
  const config = parseModelText(new TextEncoder().encode(text), 'model_config', what);
  return {
    config,
    weights: legacyWeights(weights),
    labels: labelsInside(root),
    version: textOf(root, 'keras_version') ?? '',
  };
}

/** Class names in the attributes of the file, as a list or as JSON. */
function labelsInside(root: Group): readonly string[] | undefined {
  for (const name of ['labels', 'class_names', 'user_defined_metadata']) {
    const strings = stringsOf(root, name);
    if (strings.length > 1) return strings;
    const [text] = strings;
    if (text === undefined || !/^\s*[[{]/.test(text)) continue;
    try {
      const value: unknown = JSON.parse(text);
      if (isObject(value) || Array.isArray(value)) return namesIn(value);
    } catch {
      continue;
    }
  }
  return undefined;
}
