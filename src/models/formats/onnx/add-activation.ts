import type { ActivationFunction, Clamp } from '../operations/operation.ts';
import { UnsupportedLayerError } from '../unsupported-layer.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Adds the clamp of a fused operation. */
export function addClamp(graph: GraphBuilder, clamp: Clamp, x: string, output: string): void {
  if (clamp === 'relu') graph.add('Relu', [x], [output]);
  else graph.add('Clip', [x, graph.scalar(0), graph.scalar(6)], [output]);
}

/** Adds an activation. @throws UnsupportedLayerError */
export function addActivation(
  graph: GraphBuilder,
  activation: ActivationFunction,
  x: string,
  output: string,
): void {
  const part = (name: string) => `${output}/${name}`;
  switch (activation.name) {
    case 'relu':
    case 'relu6':
      addClamp(graph, activation.name, x, output);
      return;
    case 'sigmoid':
    case 'tanh':
    case 'softplus':
    case 'hardSwish': {
      const type = {
        sigmoid: 'Sigmoid',
        tanh: 'Tanh',
        softplus: 'Softplus',
        hardSwish: 'HardSwish',
      }[activation.name];
      graph.add(type, [x], [output]);
      return;
    }
    case 'hardSigmoid':
      graph.add('HardSigmoid', [x], [output], { alpha: { float: 0.2 }, beta: { float: 0.5 } });
      return;
    case 'leakyRelu':
    case 'elu':
      graph.add(activation.name === 'elu' ? 'Elu' : 'LeakyRelu', [x], [output], {
        alpha: { float: activation.alpha },
      });
      return;
    case 'swish':
      graph.add('Sigmoid', [x], [part('sigmoid')]);
      graph.add('Mul', [x, part('sigmoid')], [output]);
      return;
    case 'gelu':
      if (activation.approximate) throw new UnsupportedLayerError('Activation(gelu_new)');
      graph.add('Mul', [x, graph.scalar(Math.SQRT1_2)], [part('scaled')]);
      graph.add('Erf', [part('scaled')], [part('erf')]);
      graph.add('Add', [part('erf'), graph.scalar(1)], [part('factor')]);
      graph.add('Mul', [x, part('factor')], [part('double')]);
      graph.add('Mul', [part('double'), graph.scalar(0.5)], [output]);
  }
}
