import type { NetworkLayer } from '../trained-network.ts';
import type { ActivationFunction, Clamp } from './operation.ts';

/** TensorFlow.js's and Keras's names of activations without a parameter. */
const NAMED: Readonly<Record<string, ActivationFunction>> = {
  relu: { name: 'relu' },
  relu6: { name: 'relu6' },
  sigmoid: { name: 'sigmoid' },
  tanh: { name: 'tanh' },
  swish: { name: 'swish' },
  silu: { name: 'swish' },
  hardSigmoid: { name: 'hardSigmoid' },
  hard_sigmoid: { name: 'hardSigmoid' },
  hardSwish: { name: 'hardSwish' },
  hard_swish: { name: 'hardSwish' },
  softplus: { name: 'softplus' },
  elu: { name: 'elu', alpha: 1 },
  gelu: { name: 'gelu', approximate: false },
  gelu_new: { name: 'gelu', approximate: true },
};

/** The function of an activation by its name; undefined if no operation computes it. */
export function activationByName(name: unknown): ActivationFunction | 'linear' | undefined {
  return name === 'linear' ? 'linear' : NAMED[String(name)];
}

/** The function of a layer that only applies one; undefined if no operation computes it. */
export function activationOf({
  className,
  config,
}: NetworkLayer): ActivationFunction | 'linear' | undefined {
  switch (className) {
    case 'Activation':
      return activationByName(config['activation']);
    case 'LeakyReLU':
      return { name: 'leakyRelu', alpha: Number(config['alpha'] ?? 0.3) };
    case 'ELU':
      return { name: 'elu', alpha: Number(config['alpha'] ?? 1) };
    case 'ReLU': {
      if (config['threshold']) return undefined;
      const slope = Number(config['negative_slope'] ?? 0);
      const max = config['max_value'] as number | null | undefined;
      if (slope !== 0) return max == null ? { name: 'leakyRelu', alpha: slope } : undefined;
      if (max == null) return { name: 'relu' };
      return max === 6 ? { name: 'relu6' } : undefined;
    }
    default:
      return undefined;
  }
}

/** The clamp that a fused operation computes instead of an activation function, if it can. */
export function clampOf({ name }: ActivationFunction): Clamp | undefined {
  return name === 'relu' || name === 'relu6' ? name : undefined;
}
