import { msg, str } from '../../i18n/msg.ts';
import { PRESETS } from '../../records/presets.ts';
import type { FineTuningOptions, Hyperparameters } from '../../records/model.ts';
import { limitFault, TRAINING_LIMITS, type LimitedNumber } from '../../records/training-limits.ts';
import type { TrainOptions } from '../../records/training.ts';

/** A number of a training that the person can choose, in the field's term and in a sentence. */
export interface NumberField {
  readonly name: LimitedNumber;
  readonly title: string;
  readonly sentence: string;
}

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

/** Where each number stands in the options. */
const PLACES = {
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

/** The number as it is chosen, or the preset's. */
export function numberOf(options: TrainOptions, name: LimitedNumber): number {
  const preset = PRESETS[options.preset];
  const place = PLACES[name];
  return place[0] === 'hyperparameters'
    ? (options.hyperparameters?.[place[1]] ?? preset[place[1]])
    : (tuningOf(options)[place[1]] ?? preset.tuning[place[1]]);
}

/** The options with another number; the preset's own is no choice. */
export function withNumber(
  options: TrainOptions,
  name: LimitedNumber,
  value: number,
): TrainOptions {
  const preset = PRESETS[options.preset];
  const place = PLACES[name];
  return place[0] === 'hyperparameters'
    ? withHyperparameters(options, {
        [place[1]]: value === preset[place[1]] ? undefined : value,
      })
    : withTuning(options, {
        [place[1]]: value === preset.tuning[place[1]] ? undefined : value,
      });
}

/** How photos are varied before they are learned from. */
export type Augmentation = 'none' | 'mirror' | 'random';

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

export function augmentationOf(options: TrainOptions): Augmentation {
  const { augmentation, variants } = { ...PRESETS[options.preset], ...options.hyperparameters };
  if (augmentation === 'fresh') return 'random';
  return variants.length > 1 ? 'mirror' : 'none';
}

export function withAugmentation(options: TrainOptions, chosen: Augmentation): TrainOptions {
  const usual = augmentationOf({ preset: options.preset }) === chosen;
  const none = { augmentation: undefined, variants: undefined };
  return withHyperparameters(options, usual ? none : VARIANTS_OF[chosen]);
}

export function withClassWeights(options: TrainOptions, balanced: boolean): TrainOptions {
  return withHyperparameters(options, { classWeights: balanced ? 'balanced' : undefined });
}

/** The layer from which the base is fine-tuned; undefined for the default. */
export function fromLayerOf(options: TrainOptions): string | undefined {
  return tuningOf(options).fromLayer;
}

/** @param layer undefined for the default */
export function withFromLayer(options: TrainOptions, layer: string | undefined): TrainOptions {
  return withTuning(options, { fromLayer: layer });
}

/** Whether any number is other than the preset's. */
export function hasChoices({ hyperparameters = {}, fineTuning }: TrainOptions): boolean {
  return Object.keys(hyperparameters).length > 0 || typeof fineTuning === 'object';
}

/** The preset's own numbers; whether it fine-tunes stays as it is. */
export function withoutChoices({ preset, fineTuning }: TrainOptions): TrainOptions {
  return { preset, ...(fineTuning !== undefined && { fineTuning: fineTuning !== false }) };
}

/** A number as a person types it, with a point or a comma, or as 1e-4; NaN for anything else. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace(',', '.');
  return plain === '' ? NaN : Number(plain);
}

/** What is wrong with what was typed; empty where nothing is. */
export function faultSentence(name: LimitedNumber, value: number): string {
  const limit = TRAINING_LIMITS[name];
  const { low, high } = limit;
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
  const changed = told<Hyperparameters>({ ...hyperparameters, ...changes });
  return { ...others, ...(changed && { hyperparameters: changed }) };
}

function withTuning(options: TrainOptions, changes: Changes<FineTuningOptions>): TrainOptions {
  const fineTuning = told<FineTuningOptions>({ ...tuningOf(options), ...changes }) ?? true;
  return { ...options, fineTuning };
}

/** Without what is undefined; undefined where nothing is left. */
function told<Options>(options: Changes<Options>): Partial<Options> | undefined {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? (Object.fromEntries(entries) as Partial<Options>) : undefined;
}
