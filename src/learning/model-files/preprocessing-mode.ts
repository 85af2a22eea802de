import type { BaseSpec } from '../../records/base-spec.ts';
import type { PreprocessingMode } from '../../records/base-inspection.ts';

export const PREPROCESSING_MODES: readonly PreprocessingMode[] = [
  'tf',
  'torch',
  'caffe',
  '0..1',
  '0..255',
];

/** How a mode stands in a spec; the range of `torch` and `caffe` holds the extremes of all channels. */
export function specOfMode(
  mode: PreprocessingMode,
): Pick<BaseSpec, 'inputRange' | 'preprocessing'> {
  switch (mode) {
    case 'tf':
      return { inputRange: [-1, 1], preprocessing: 'tf' };
    case 'torch':
      return { inputRange: [-2.118, 2.64], preprocessing: 'torch' };
    case 'caffe':
      return { inputRange: [-123.68, 151.061], preprocessing: 'caffe' };
    case '0..1':
      return { inputRange: [0, 1] };
    case '0..255':
      return { inputRange: [0, 255] };
  }
}

/** What is told of a model before anybody was asked. */
interface ModelHints {
  readonly format: BaseSpec['format'];
  /** Name of the architecture, of the model or of its folder. */
  readonly names: readonly string[];
  /** Classes of the first layers of a LayersModel behind its input. */
  readonly firstLayers: readonly string[];
}

/**
 * The mode that a model was most probably trained with: each network of Keras Applications has its own
 * (`preprocess_input` in each of its modules); TensorFlow Hub's take 0 to 1. A model that scales its
 * input itself gets pixels as they are.
 */
export function guessMode({ format, names, firstLayers }: ModelHints): PreprocessingMode {
  if (firstLayers.some((kind) => kind === 'Rescaling' || kind === 'Normalization')) return '0..255';
  const name = names.join(' ').toLowerCase();
  const named = NAMED.find(([pattern]) => pattern.test(name));
  return named?.[1] ?? (format === 'graph-model' ? '0..1' : 'tf');
}

const NAMED: readonly (readonly [RegExp, PreprocessingMode])[] = [
  // The second version of ResNet is `tf`, the first `caffe`.
  [/resnet_?\d*_?v2|inception|xception|mobilenet|nasnet/, 'tf'],
  [/resnet|vgg/, 'caffe'],
  [/densenet|regnet|convnext/, 'torch'],
];
