import * as tf from '@tensorflow/tfjs-core';
import type { BaseSource } from '../../records/base-inspection.ts';
import { chooseModel } from './choose-model.ts';
import { chosenFiles } from './chosen-files.ts';
import { splitClassifier, type WeightOf } from './classifier.ts';
import { namesIn } from '../../platform/listed-names.ts';
import { findLabels, findMode } from './found-labels.ts';
import { TopologyError } from './keras/keras-json.ts';
import { normalizeTopology } from './keras/normalize-topology.ts';
import { WeightDirectory } from './keras/weight-names.ts';
import { expectOneInputAndOutput, isFeatures } from './base-topology.ts';
import { modelArtifacts } from './model-artifacts.ts';
import { sourceAtAddress } from './model-at-address.ts';
import { weightBytes } from './model-json.ts';
import { readModel, type ModelFiles, type ReadModel } from './read-model.ts';
import { writeLayersModel } from './write-layers-model.ts';

interface ReadOptions {
  /** Whether the answers of its classifier are wanted; see `splitClassifier`. */
  readonly asClassifier: boolean;
  /** Reports the bytes of weights that are loaded. */
  readonly onBytes?: (loaded: number, total: number) => void;
}

/**
 * Reads the model in the chosen files or at an address: TensorFlow.js's `model.json` with its weights,
 * or Keras's `.keras` or `.h5`, also in a zip or a folder. A backend must be active.
 *
 * @throws Problem `base` when there is no model that the app can read, `base-origin` for an address on
 *   another server
 */
export async function readAnyModel(
  source: BaseSource,
  { asClassifier, onBytes = () => undefined }: ReadOptions,
): Promise<ReadModel> {
  if ('url' in source) {
    const model = await readModel(sourceAtAddress(source.url), onBytes);
    return { ...model, ...splitFiles(model, asClassifier) };
  }
  const files = await chosenFiles(source.files);
  const chosen = await chooseModel(files);
  const beside = await findLabels(files);
  const mode = await findMode(files);
  const stated = (model: ReadModel) => {
    const labels = fittingLabels([...beside, ...(model.labels ? [model.labels] : [])], model);
    return { ...model, ...(labels && { labels }), ...(mode && { mode }) };
  };
  if ('tfjs' in chosen) {
    const model = await readModel(chosen.tfjs, onBytes);
    return stated({ ...model, ...splitFiles(model, asClassifier) });
  }
  // HDF5 is large, and few models need it.
  const { readKeras } = await import('./keras-files/read-keras.ts');
  return stated(await readKeras(chosen.keras, asClassifier, onBytes));
}

/** The first list with a name for each class; where there is none, the first one of all. */
function fittingLabels(
  lists: readonly (readonly string[])[],
  { classifier }: Pick<ReadModel, 'classifier'>,
): readonly string[] | undefined {
  return lists.find(({ length }) => length === classifier?.classes) ?? lists[0];
}

/**
 * The classifier in the files of a TensorFlow.js model. If layers of it become part of the base, the
 * files are written anew.
 */
function splitFiles(model: ModelFiles, asClassifier: boolean): Partial<ReadModel> {
  const labels = namesIn(model.json.metadata);
  const found = { ...(labels && { labels }) };
  if (!asClassifier || model.format === 'graph-model') return found;
  const artifacts = artifactsOf(model);
  if (isFeatures(artifacts)) return found;
  try {
    const network = normalizeTopology(artifacts.modelTopology);
    expectOneInputAndOutput(network);
    const weightOf = weightsIn(artifacts);
    const { body, hasHiddenLayers, ...split } = splitClassifier(network, weightOf, true);
    if (!hasHiddenLayers) return { ...found, ...split };
    const { name } = model;
    const generatedBy = 'tfjs-layers';
    const files = writeLayersModel(body, weightOf, { name, generatedBy, isCut: true });
    return { ...found, ...files, ...split };
  } catch (thrown) {
    // The error is reported when the model is built.
    if (thrown instanceof TopologyError) return found;
    throw thrown;
  }
}

/** The artifacts from which TensorFlow.js builds the model. @throws Problem `base` */
export function artifactsOf({
  name,
  files,
}: Pick<ModelFiles, 'name' | 'files'>): tf.io.ModelArtifacts {
  const paths = Array.from(files.keys(), (path) => ({ path }));
  const buffers = new Map(Array.from(files, ([path, { buffer }]) => [path, buffer]));
  return modelArtifacts({ name, files: paths }, buffers);
}

function weightsIn({ weightData, weightSpecs = [] }: tf.io.ModelArtifacts): WeightOf {
  const bytes = tf.io.CompositeArrayBuffer.join(weightData);
  let at = 0;
  const directory = new WeightDirectory(
    weightSpecs.map((spec) => {
      const start = at;
      at += weightBytes(spec);
      return [spec.name, { spec, start, end: at }];
    }),
  );
  return (layer, name) => {
    const found = directory.find(`${layer.name}/${name}`, layer.class_name);
    if (!found || Number.isNaN(found.end)) return undefined;
    const { spec, start, end } = found;
    const read = () => {
      const [tensor] = Object.values(tf.io.decodeWeights(bytes.slice(start, end), [spec]));
      try {
        return tensor!.dataSync() as Float32Array;
      } finally {
        tensor?.dispose();
      }
    };
    return { shape: spec.shape, read };
  };
}
