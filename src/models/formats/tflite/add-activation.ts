import type { ActivationFunction } from '../operations/operation.ts';
import { UnsupportedLayerError } from '../unsupported-layer.ts';
import { CLAMP } from './schema.ts';
import type { LiteGraph } from './tflite-graph.ts';

/** Adds an activation. @throws UnsupportedLayerError for one that TensorFlow Lite does not have */
export function addActivation(
  graph: LiteGraph,
  activation: ActivationFunction,
  x: string,
  output: string,
  shape: readonly number[],
): void {
  const result = [output, shape] as const;
  const part = (name: string): readonly [string, readonly number[]] => [`${output}/${name}`, shape];
  const number = (name: string, value: number) =>
    graph.floats(`${output}/${name}`, [1], Float32Array.of(value));
  switch (activation.name) {
    case 'relu':
    case 'relu6':
    case 'sigmoid':
    case 'tanh':
    case 'hardSwish': {
      const operator = {
        relu: 'RELU',
        relu6: 'RELU6',
        sigmoid: 'LOGISTIC',
        tanh: 'TANH',
        hardSwish: 'HARD_SWISH',
      } as const;
      graph.add(operator[activation.name], [x], result);
      return;
    }
    case 'swish': {
      const sigmoid = graph.add('LOGISTIC', [x], part('sigmoid'));
      graph.add('MUL', [x, sigmoid], result, { name: 'multiply', values: [0] });
      return;
    }
    case 'hardSigmoid': {
      const scaled = graph.add('MUL', [x, number('slope', 0.2)], part('scaled'), {
        name: 'multiply',
        values: [0],
      });
      const shifted = graph.add('ADD', [scaled, number('half', 0.5)], part('shifted'), {
        name: 'add',
        values: [CLAMP.relu],
      });
      graph.add('MINIMUM', [shifted, number('one', 1)], result);
      return;
    }
    case 'leakyRelu':
      graph.add('LEAKY_RELU', [x], result, { name: 'leakyRelu', values: [activation.alpha] });
      return;
    default:
      throw new UnsupportedLayerError(`Activation(${activation.name})`);
  }
}
