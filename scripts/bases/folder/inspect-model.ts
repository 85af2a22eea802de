import * as tf from '@tensorflow/tfjs-core';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import type { BaseSpec } from '../../../src/learning/base/spec.ts';
import { Problem } from '../../../src/problem.ts';
import { cpuArtifacts, cpuNetwork, type RunnableSpec } from '../cpu-network.ts';
import type { ModelFolder } from './model-folder.ts';

/** What a model says of itself. */
export type ModelFacts = Pick<
  BaseSpec,
  'architecture' | 'inputSizes' | 'featureLength' | 'layers' | 'parameters'
>;

/**
 * Loads a model and finds out what it takes and gives.
 *
 * @param sizes sides of its input in pixels, for a model that does not say or that takes several
 * @throws Problem `base` when it takes no RGB picture, gives no feature vector or feature map, or
 *   has weights that are no finite numbers
 */
export async function inspectModel(
  model: ModelFolder,
  spec: RunnableSpec,
  sizes: readonly number[] | undefined,
): Promise<ModelFacts> {
  const artifacts = await cpuArtifacts(spec, model.files);
  expectFinite(artifacts, model);
  const refuse = (why: string) => new Problem('base', `“${spec.name}” ${why}.`);
  const load = model.format === 'graph-model' ? loadGraph : loadLayers;
  const { input, name, layers, featureLength } = await load(artifacts).catch((thrown: unknown) => {
    throw new Problem('base', `“${spec.name}” cannot be built.`, { cause: thrown });
  });
  const [, height, width, channels] = input ?? [];
  if (!input || input.length !== 4 || channels !== 3) {
    throw refuse(`takes [${input?.join(', ') ?? ''}], not [batch, size, size, 3]`);
  }
  const own = height && height > 0 && height === width ? [height] : undefined;
  const inputSizes = sizes ?? own;
  if (!inputSizes) throw refuse('does not say the size of its input: give it with --size');
  const parameters = model.weights
    .filter(({ dtype }) => dtype === 'float32')
    .reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  return {
    architecture: name,
    inputSizes,
    featureLength:
      featureLength ??
      (await (await cpuNetwork(spec, model.files)).features(inputSizes[0]!)).length,
    parameters,
    ...(layers !== undefined && { layers }),
  };
}

interface Loaded {
  readonly name: string;
  readonly input: readonly (number | null)[] | undefined;
  /** Known without running it? */
  readonly featureLength?: number;
  readonly layers?: number;
}

async function loadLayers(artifacts: tf.io.ModelArtifacts): Promise<Loaded> {
  const model: LayersModel = await loadLayersModel(tf.io.fromMemory(artifacts));
  try {
    expectOne(model.inputs.length, model.outputs.length);
    const featureLength = model.outputs[0]!.shape.at(-1);
    return {
      name: model.name,
      input: model.inputs[0]!.shape,
      layers: model.layers.length,
      ...(featureLength && { featureLength }),
    };
  } finally {
    model.dispose();
  }
}

async function loadGraph(artifacts: tf.io.ModelArtifacts): Promise<Loaded> {
  const model = await loadGraphModel(tf.io.fromMemory(artifacts));
  try {
    expectOne(model.inputs.length, 1);
    return { name: 'GraphModel', input: model.inputs[0]!.shape };
  } finally {
    model.dispose();
  }
}

function expectOne(inputs: number, outputs: number): void {
  if (inputs === 1 && outputs === 1) return;
  throw new Error(`it has ${inputs} inputs and ${outputs} outputs, a base has one of each`);
}

function expectFinite({ weightData, weightSpecs }: tf.io.ModelArtifacts, model: ModelFolder): void {
  const tensors = tf.io.decodeWeights(
    tf.io.CompositeArrayBuffer.join(weightData),
    weightSpecs ?? [],
  );
  for (const [name, tensor] of Object.entries(tensors)) {
    const finite = tensor.dtype !== 'float32' || tensor.dataSync().every(Number.isFinite);
    tensor.dispose();
    if (!finite) {
      throw new Problem('base', `${name} of “${model.name}” holds numbers that are not finite.`);
    }
  }
}
