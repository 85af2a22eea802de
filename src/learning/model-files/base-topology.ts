import type * as tf from '@tensorflow/tfjs-core';
import { cutClassifier } from './cut-classifier.ts';
import { isObject, TopologyError, type FunctionalJson } from './keras/keras-json.ts';
import { normalizeTopology } from './keras/normalize-topology.ts';
import { resizeInput } from './resize-input.ts';

/** `userDefinedMetadata` of a model that is not cut: its output is the features. */
export const FEATURES_METADATA = { purrceptron: { output: 'features' } } as const;

/**
 * The network of a base as JSON, from the input to the features: without its classifier (see
 * `cutClassifier`), unless the files state that the output is the features.
 *
 * @param inputSize side of the square input in pixels
 * @throws TopologyError
 */
export function baseTopology(artifacts: tf.io.ModelArtifacts, inputSize: number): FunctionalJson {
  const model = normalizeTopology(artifacts.modelTopology);
  expectOneInputAndOutput(model);
  return resizeInput(isFeatures(artifacts) ? model : cutClassifier(model).body, inputSize);
}

/** Whether the files state that the output of the model is the features: `FEATURES_METADATA`. */
export function isFeatures({ userDefinedMetadata }: tf.io.ModelArtifacts): boolean {
  const metadata: unknown = userDefinedMetadata;
  const own = isObject(metadata) ? metadata['purrceptron'] : undefined;
  return isObject(own) && own['output'] === FEATURES_METADATA.purrceptron.output;
}

/** @throws TopologyError for a network with several inputs or outputs */
export function expectOneInputAndOutput({ config }: FunctionalJson): void {
  const [inputs, outputs] = [config.input_layers.length, config.output_layers.length];
  if (inputs === 1 && outputs === 1) return;
  const counts = `${inputs} inputs and ${outputs} outputs`;
  throw new TopologyError(`it has ${counts}, a base has one of each`);
}
