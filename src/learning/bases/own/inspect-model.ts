import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { DEFAULT_SIZE } from '../../model-files/cut-classifier.ts';
import { fineTuneFrom } from '../../model-files/find-cut.ts';
import { disposeLayers } from '../../model-files/layer-graph.ts';
import { normalizeTopology } from '../../model-files/keras/normalize-topology.ts';
import { loadLayers } from '../../model-files/load-layers.ts';
import { buildGraph } from '../../network/build-graph.ts';
import { loadNetwork } from '../../network/load-network.ts';
import { TENSORS_ONLY } from '../../network/network.ts';
import type { BaseSpec } from '../../../records/base-spec.ts';
import { LIMITS } from '../../model-files/limits.ts';
import type { ModelFacts } from '../../../records/base-inspection.ts';

type Shape = readonly (number | null)[];

/**
 * Builds a model on the current backend and finds out its input, its output and its layers.
 *
 * @param artifacts what TensorFlow.js loads the model from
 * @throws Problem `base` when its input is not a square RGB picture, its output is neither a
 *   feature vector nor a feature map, a weight is not finite, or the model cannot be built
 */
export async function inspectModel(
  model: { readonly name: string; readonly format: BaseSpec['format'] },
  artifacts: tf.io.ModelArtifacts,
): Promise<ModelFacts> {
  expectFinite(artifacts, model.name);
  try {
    return await (model.format === 'graph-model'
      ? inspectGraph(model.name, artifacts)
      : inspectLayers(model.name, artifacts));
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw new Problem('base', msg(str`“${model.name}” cannot be built.`), { cause: thrown });
  }
}

async function inspectLayers(name: string, artifacts: tf.io.ModelArtifacts): Promise<ModelFacts> {
  const { config } = normalizeTopology(artifacts.modelTopology);
  const input = config.layers.find((layer) => layer.name === config.input_layers[0]?.[0]);
  const ownSize = inputSideOf(name, input?.config['batch_input_shape'] as Shape | undefined);
  const model = await loadLayers(artifacts, ownSize ?? DEFAULT_SIZE);
  try {
    const length = featureLengthOf(name, model.outputs[0]!.shape);
    const last = model.layers.at(-1)!.name;
    const from = fineTuneFrom(model);
    const weights = model.layers.flatMap((layer) => layer.weights);
    return {
      architecture: config.name,
      anySize: ownSize === undefined || isFullyConvolutional(model),
      featureLength: length,
      layers: model.layers.length,
      parameters: [...new Set(weights)].reduce(
        (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
        0,
      ),
      firstLayers: model.layers.slice(1, 4).map((layer) => layer.getClassName()),
      ...(ownSize !== undefined && { ownSize }),
      ...(from !== undefined && { fineTuneFrom: from }),
      ...(last !== config.output_layers[0]![0] && { cutAt: last }),
    };
  } finally {
    disposeLayers(model);
  }
}

async function inspectGraph(name: string, artifacts: tf.io.ModelArtifacts): Promise<ModelFacts> {
  const model = await buildGraph(artifacts);
  const { inputs } = model;
  model.dispose();
  if (inputs.length !== 1) {
    throw new Error(`it has ${inputs.length} inputs, a base has one`);
  }
  const shape = inputs[0]!.shape?.map((side) => (side > 0 ? side : null));
  const ownSize = inputSideOf(name, shape?.length ? shape : [null, null, null, 3]);
  const network = await loadNetwork(
    { name, format: 'graph-model', inputRange: [-1, 1] },
    artifacts,
    ownSize ?? DEFAULT_SIZE,
    TENSORS_ONLY,
  );
  const size = ownSize ?? DEFAULT_SIZE;
  const black = { rgba: new Uint8ClampedArray(size * size * 4), flip: false };
  try {
    const { shape } = await network.map({ size, pictures: [black] });
    const featureLength = featureLengthOf(name, [1, ...shape]);
    const parameters = (artifacts.weightSpecs ?? [])
      .filter(({ dtype }) => dtype === 'float32')
      .reduce((sum, weight) => sum + tf.util.sizeFromShape(weight.shape), 0);
    return {
      architecture: 'GraphModel',
      anySize: ownSize === undefined,
      featureLength,
      parameters,
      firstLayers: [],
      ...(ownSize !== undefined && { ownSize }),
    };
  } finally {
    network.dispose();
  }
}

/** The side of a square RGB input in pixels; undefined if the model takes any size. */
function inputSideOf(name: string, shape: Shape | undefined): number | undefined {
  const [, height, width, channels] = shape ?? [];
  const any = msg('any', { id: 'any-side', desc: 'in a shape, as [any, any, any, 3]' });
  const said = `[${shape?.map((side) => side ?? any).join(', ') ?? ''}]`;
  if (shape?.length !== 4 || channels !== 3 || height !== width) {
    throw new Problem('base', msg(str`“${name}” takes ${said}, not [batch, size, size, 3].`));
  }
  if (height == null) return undefined;
  if (!(height >= LIMITS.smallestInput && height <= LIMITS.largestInput)) {
    const { smallestInput, largestInput } = LIMITS;
    throw new Problem(
      'base',
      msg(
        str`“${name}” takes pictures of ${height} pixels; the app gives ${smallestInput} to ${largestInput}.`,
      ),
    );
  }
  return height;
}

/**
 * The number of features in `[batch, features]` or `[batch, h, w, features]`.
 *
 * @throws Problem `base`
 */
function featureLengthOf(name: string, shape: Shape): number {
  const length = shape.at(-1);
  if ((shape.length !== 2 && shape.length !== 4) || !length) {
    const rank = shape.length;
    throw new Problem('base', msg(str`“${name}” gives a tensor of rank ${rank}, not features.`));
  }
  if (length > LIMITS.featureLength) {
    const most = LIMITS.featureLength;
    throw new Problem(
      'base',
      msg(str`“${name}” gives ${length} features; the app takes up to ${most}.`),
    );
  }
  return length;
}

/** Whether no layer depends on the size of its input. */
function isFullyConvolutional(model: LayersModel): boolean {
  return model.layers.every((layer) => {
    switch (layer.getClassName()) {
      case 'Flatten':
      case 'Functional':
      case 'Model':
      case 'Permute':
        return false;
      case 'Reshape': {
        const target = layer.getConfig()['targetShape'] as (number | null)[];
        return target.length !== 3 || (target[0] === 1 && target[1] === 1);
      }
      default:
        return true;
    }
  });
}

function expectFinite({ weightData, weightSpecs }: tf.io.ModelArtifacts, name: string): void {
  const tensors = tf.io.decodeWeights(
    tf.io.CompositeArrayBuffer.join(weightData),
    weightSpecs ?? [],
  );
  try {
    for (const [weight, tensor] of Object.entries(tensors)) {
      if (tensor.dtype !== 'float32' || tensor.dataSync().every(Number.isFinite)) continue;
      throw new Problem(
        'base',
        msg(str`${weight} of “${name}” holds numbers that are not finite.`),
      );
    }
  } finally {
    tf.dispose(tensors);
  }
}
