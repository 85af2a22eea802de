import { msg, str } from '../../i18n/msg.ts';
import { numberToEdit } from '../../i18n/parse-number.ts';
import { PRESETS } from '../../records/presets.ts';
import type { FineTuningOptions, Hyperparameters } from '../../records/model.ts';
import { TRAINING_LIMITS, type LimitedNumber } from '../../records/training-limits.ts';
import { limitFault } from './limit-fault.ts';
import type { TrainOptions } from '../../records/training.ts';

/** A training option that is a number, with its technical term and an explanation. */
export interface NumberField {
  readonly name: LimitedNumber;
  readonly title: string;
  readonly sentence: string;
}

/** The numbers for training the head. */
export const HEAD_FIELDS: readonly NumberField[] = [
  {
    name: 'epochs',
    title: msg('Epochs'),
    sentence: msg('How many times it goes through all of your photos.'),
  },
  {
    name: 'batchSize',
    title: msg('Batch size'),
    sentence: msg('How many photos it looks at before each correction.'),
  },
  {
    name: 'learningRate',
    title: msg('Learning rate'),
    sentence: msg('How large each correction is. Too large, and it never settles.'),
  },
  {
    name: 'dropout',
    title: msg('Dropout'),
    sentence: msg(
      'Share of the features it has to do without, so that it does not learn by heart.',
    ),
  },
];

/** The numbers for fine-tuning. */
export const TUNING_FIELDS: readonly NumberField[] = [
  {
    name: 'tuningEpochs',
    title: msg('Fine-tuning epochs'),
    sentence: msg('How many times it goes through your photos once more.'),
  },
  {
    name: 'tuningRate',
    title: msg('Fine-tuning rate'),
    sentence: msg('Its learning rate: small, so that the base does not forget what it knows.'),
  },
];

/** The path of each number in the options. */
const PATHS = {
  epochs: ['hyperparameters', 'epochs'],
  batchSize: ['hyperparameters', 'batchSize'],
  learningRate: ['hyperparameters', 'learningRate'],
  dropout: ['hyperparameters', 'dropout'],
  tuningEpochs: ['fineTuning', 'epochs'],
  tuningRate: ['fineTuning', 'learningRate'],
} as const satisfies Readonly<
  Record<
    LimitedNumber,
    | readonly ['hyperparameters', keyof Hyperparameters]
    | readonly ['fineTuning', keyof FineTuningOptions]
  >
>;

/** The chosen number, or the number of the preset. */
export function numberOf(options: TrainOptions, name: LimitedNumber): number {
  const preset = PRESETS[options.preset];
  const path = PATHS[name];
  return path[0] === 'hyperparameters'
    ? (options.hyperparameters?.[path[1]] ?? preset[path[1]])
    : (tuningOf(options)[path[1]] ?? preset.tuning[path[1]]);
}

/** The options with a changed number; the number of the preset is not stored as a choice. */
export function withNumber(
  options: TrainOptions,
  name: LimitedNumber,
  value: number,
): TrainOptions {
  const preset = PRESETS[options.preset];
  const path = PATHS[name];
  return path[0] === 'hyperparameters'
    ? withHyperparameters(options, {
        [path[1]]: value === preset[path[1]] ? undefined : value,
      })
    : withTuning(options, {
        [path[1]]: value === preset.tuning[path[1]] ? undefined : value,
      });
}

/** How training photos are augmented. */
export type Augmentation = 'none' | 'mirror' | 'random';

/** Labels of the augmentations. */
export const AUGMENTATIONS: Readonly<Record<Augmentation, string>> = {
  none: msg('None', { id: 'no-augmentation', desc: 'augmentation of the photos: none' }),
  mirror: msg('Mirror images'),
  random: msg('Random flips and rotations'),
};

const VARIANTS_OF: Readonly<
  Record<Augmentation, Pick<Hyperparameters, 'augmentation' | 'variants'>>
> = {
  none: { augmentation: 'all', variants: ['plain'] },
  mirror: { augmentation: 'all', variants: ['plain', 'flip'] },
  random: { augmentation: 'fresh', variants: [] },
};

/** The chosen augmentation, or the augmentation of the preset. */
export function augmentationOf(options: TrainOptions): Augmentation {
  const { augmentation, variants } = { ...PRESETS[options.preset], ...options.hyperparameters };
  if (augmentation === 'fresh') return 'random';
  return variants.length > 1 ? 'mirror' : 'none';
}

/**
 * The options with another augmentation; the augmentation of the preset is not stored as a choice.
 */
export function withAugmentation(options: TrainOptions, chosen: Augmentation): TrainOptions {
  const isDefault = augmentationOf({ preset: options.preset }) === chosen;
  const none = { augmentation: undefined, variants: undefined };
  return withHyperparameters(options, isDefault ? none : VARIANTS_OF[chosen]);
}

/** The options with or without balanced class weights. */
export function withClassWeights(options: TrainOptions, balanced: boolean): TrainOptions {
  return withHyperparameters(options, { classWeights: balanced ? 'balanced' : undefined });
}

/** Name of the first layer that is fine-tuned; undefined for the default. */
export function fromLayerOf(options: TrainOptions): string | undefined {
  return tuningOf(options).fromLayer;
}

/** The options with another first layer to fine-tune. @param layer undefined for the default */
export function withFromLayer(options: TrainOptions, layer: string | undefined): TrainOptions {
  return withTuning(options, { fromLayer: layer });
}

/** Whether any number differs from the preset. */
export function hasChoices({ hyperparameters = {}, fineTuning }: TrainOptions): boolean {
  return Object.keys(hyperparameters).length > 0 || typeof fineTuning === 'object';
}

/** The options with the numbers of the preset; whether to fine-tune is unchanged. */
export function withoutChoices({ preset, fineTuning }: TrainOptions): TrainOptions {
  return { preset, ...(fineTuning !== undefined && { fineTuning: fineTuning !== false }) };
}

/** What is wrong with a typed value, NaN for a text that is no number; empty if it is allowed. */
export function faultSentence(name: LimitedNumber, value: number): string {
  const limit = TRAINING_LIMITS[name];
  const [low, high] = [numberToEdit(limit.low), numberToEdit(limit.high)];
  switch (limitFault(value, limit)) {
    case 'no-number':
      return msg('This has to be a number.');
    case 'not-whole':
      return msg('This has to be a whole number.');
    case 'outside':
      return msg(str`This has to be from ${low} to ${high}.`);
    case undefined:
      return '';
  }
}

function tuningOf({ fineTuning }: TrainOptions): Partial<FineTuningOptions> {
  return typeof fineTuning === 'object' ? fineTuning : {};
}

type Changes<Options> = { readonly [Key in keyof Options]?: Options[Key] | undefined };

function withHyperparameters(
  options: TrainOptions,
  changes: Changes<Hyperparameters>,
): TrainOptions {
  const { hyperparameters, ...others } = options;
  const changed = definedOf<Hyperparameters>({ ...hyperparameters, ...changes });
  return { ...others, ...(changed && { hyperparameters: changed }) };
}

function withTuning(options: TrainOptions, changes: Changes<FineTuningOptions>): TrainOptions {
  const fineTuning = definedOf<FineTuningOptions>({ ...tuningOf(options), ...changes }) ?? true;
  return { ...options, fineTuning };
}

/** The options without undefined values; undefined if none are left. */
function definedOf<Options>(options: Changes<Options>): Partial<Options> | undefined {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as Partial<Options>) : undefined;
}
