import type {
  MobileNetV2,
  MobileNetV2Layer,
} from '../../../src/learning/model-files/keras/mobilenet-v2.ts';
import { Problem } from '../../../src/platform/problem.ts';
import type { SavedLayer, SavedWeight } from './keras-h5.ts';

/** A weight with its name in TensorFlow.js. */
interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Assigns the weights of a file to the layers of the network: by name if the file has all names, or
 * else in order, as Keras's `load_weights` does. Files of old Keras versions have the same layers
 * with other names.
 *
 * @throws Problem `base` if a weight is missing, has another shape or contains a non-finite number
 */
export function matchWeights(network: MobileNetV2, saved: readonly SavedLayer[]): NamedWeight[] {
  const layers = network.layers.filter(({ weights }) => weights.length > 0);
  const byName = new Map(saved.map((layer) => [layer.name, layer]));
  const filled = saved.filter(({ weights }) => weights.length > 0);
  const named = layers.every(({ name }) => byName.has(name));
  if (!named && filled.length !== layers.length) {
    throw new Problem(
      'base',
      `The file has ${filled.length} layers with weights, MobileNetV2 without its top has ${layers.length}.`,
    );
  }
  return layers.flatMap((layer, i) =>
    matchLayer(layer, named ? byName.get(layer.name)! : filled[i]!, named),
  );
}

function matchLayer(layer: MobileNetV2Layer, saved: SavedLayer, named: boolean): NamedWeight[] {
  if (saved.weights.length !== layer.weights.length) {
    throw new Problem(
      'base',
      `The file's layer ${saved.name} has ${saved.weights.length} weights, ${layer.name} has ${layer.weights.length}.`,
    );
  }
  return layer.weights.map(({ name, shape }, i) => {
    const weight = named
      ? saved.weights.find((candidate) => ownName(candidate.name) === ownName(name))
      : saved.weights[i];
    if (!weight) throw new Problem('base', `The file's layer ${saved.name} has no ${name}.`);
    expectShape(weight, shape);
    if (!weight.data.every(Number.isFinite)) {
      throw new Problem('base', `The file's ${weight.name} holds numbers that are not finite.`);
    }
    return { name, shape, data: weight.data };
  });
}

/** "kernel" of "Conv1/kernel:0" */
function ownName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/:\d+$/, '');
}

function expectShape({ name, shape }: SavedWeight, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Problem(
      'base',
      `The file's ${name} has shape [${shape.join(', ')}], not [${expected.join(', ')}].`,
    );
  }
}
