import type { BaseSpec } from '../../records/base-spec.ts';
import type { PreprocessingMode } from '../../records/base-inspection.ts';

/** All modes of preprocessing that the user can choose for a base. */
export const PREPROCESSING_MODES: readonly PreprocessingMode[] = [
  'tf',
  'torch',
  'caffe',
  '0..1',
  '0..255',
  'tm',
];

/**
 * The fields of a spec for a mode. For `torch` and `caffe`, `inputRange` is the minimum and maximum
 * over all channels.
 */
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
    case 'tm':
      return { inputRange: [-1, 128 / 127] };
  }
}

/** What the files of a model reveal about its preprocessing. */
interface ModelHints {
  readonly format: BaseSpec['format'];
  /** Names of the architecture, the model or its folder. */
  readonly names: readonly string[];
  /** Class names of the first layers after the input of a LayersModel. */
  readonly firstLayers: readonly string[];
}

/**
 * Guesses the mode that a model was trained with. Each network of Keras Applications has its own
 * mode (see `preprocess_input` in its module), models of TensorFlow Hub expect 0 to 1, and a model
 * that rescales its input itself expects 0 to 255.
 */
export function guessMode({ format, names, firstLayers }: ModelHints): PreprocessingMode {
  if (firstLayers.some((kind) => kind === 'Rescaling' || kind === 'Normalization')) return '0..255';
  const name = names.join(' ').toLowerCase();
  const match = MODES_BY_NAME.find(([pattern]) => pattern.test(name));
  return match?.[1] ?? (format === 'graph-model' ? '0..1' : 'tf');
}

const MODES_BY_NAME: readonly (readonly [RegExp, PreprocessingMode])[] = [
  // ResNet V2 uses `tf`, the first ResNet uses `caffe`.
  [/resnet_?\d*_?v2|inception|xception|mobilenet|nasnet/, 'tf'],
  [/resnet|vgg/, 'caffe'],
  [/densenet|regnet|convnext/, 'torch'],
];
