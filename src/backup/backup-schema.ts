import * as v from 'valibot';
import { parseClassName } from '../photos/class-name.ts';
import type { PhotoRecord } from '../records/photo.ts';
import type {
  EpochMetrics,
  Evaluation,
  FineTuningOptions,
  FineTuningResult,
  Hyperparameters,
  ModelRecord,
  Objection,
  Outcome,
  StageSeconds,
} from '../records/model.ts';
import { FORMAT, FORMAT_VERSION, type BackupLibrary, type FileFacts } from './backup-format.ts';
import { baseBackup } from './base-schema.ts';
import { count, finite, hash, id, moment, fraction, side, word } from './schema-parts.ts';
import { backupSettings } from './settings-schema.ts';
import type { ClassRecord } from '../records/class.ts';

// A backup is untrusted input: every field must have the type that the app gives it, and the range
// where the app depends on it. Fields that are not listed here are dropped.

const className = v.pipe(
  v.string(),
  v.check((name) => isClassName(name)),
);
const palette = v.pipe(count, v.maxValue(7));

const classRecord: v.GenericSchema<unknown, ClassRecord> = v.object({
  id,
  name: className,
  order: count,
  palette,
});

const photoRecord: v.GenericSchema<unknown, PhotoRecord> = v.object({
  id,
  classId: id,
  sha256: hash,
  split: v.picklist(['train', 'validation', 'test']),
  source: v.picklist(['camera', 'file', 'live', 'shared']),
  createdAt: moment,
  size: side,
  bytes: count,
  burstId: v.exactOptional(hash),
  hashBands: v.exactOptional(v.pipe(v.array(v.pipe(count, v.maxValue(2047))), v.length(8))),
});

const metrics = {
  validationLoss: v.exactOptional(finite),
  validationAccuracy: v.exactOptional(fraction),
};
const validation = v.object(metrics);
const epoch: v.GenericSchema<unknown, EpochMetrics> = v.object({
  epoch: count,
  loss: finite,
  accuracy: fraction,
  ...metrics,
});
const history = v.pipe(v.array(epoch), v.maxLength(10_000));

const fineTuningOptions: v.GenericSchema<unknown, FineTuningOptions> = v.object({
  fromLayer: word,
  epochs: count,
  batchSize: count,
  learningRate: finite,
  alpha: v.exactOptional(fraction),
});

const hyperparameters: v.GenericSchema<unknown, Hyperparameters> = v.object({
  preset: word,
  epochs: count,
  batchSize: count,
  learningRate: finite,
  schedule: v.picklist(['constant', 'cosine']),
  l2: finite,
  dropout: fraction,
  centred: v.boolean(),
  priorTemperature: finite,
  variants: v.array(word),
  augmentation: v.picklist(['all', 'fresh']),
  askedVariants: v.array(word),
  classWeights: v.exactOptional(v.literal('balanced')),
  seed: finite,
  fineTuning: v.exactOptional(fineTuningOptions),
});

const outcome: v.GenericSchema<unknown, Outcome> = v.object({
  photoId: id,
  truth: count,
  answer: count,
  probability: fraction,
});

const evaluation: v.GenericSchema<unknown, Evaluation> = v.object({
  count,
  correct: count,
  loss: finite,
  confusion: v.array(v.array(count)),
  reliability: v.array(
    v.object({
      low: fraction,
      high: fraction,
      count,
      confidence: v.exactOptional(fraction),
      accuracy: v.exactOptional(fraction),
    }),
  ),
  calibrationError: fraction,
  mistakes: v.array(outcome),
  outcomes: v.exactOptional(v.array(outcome)),
});

const fineTuningResult: v.GenericSchema<unknown, FineTuningResult> = v.object({
  options: fineTuningOptions,
  trainableParameters: count,
  history,
  epoch: count,
  divergedAtEpoch: v.exactOptional(count),
  before: validation,
  after: validation,
  kept: v.boolean(),
  headModelId: id,
  seconds: finite,
});

const spent = v.exactOptional(v.pipe(finite, v.minValue(0)));
const stageSeconds: v.GenericSchema<unknown, StageSeconds> = v.object({
  features: spent,
  head: spent,
  evaluation: spent,
  saving: spent,
  boundaries: spent,
  fineTuning: spent,
});

const objection: v.GenericSchema<unknown, Objection> = v.variant('kind', [
  v.object({ kind: v.literal('fewer-right'), count, correct: count, correctInUse: count }),
  v.object({ kind: v.literal('guesses') }),
]);

const modelRecord: v.GenericSchema<unknown, ModelRecord> = v.object({
  id,
  name: className,
  createdAt: moment,
  base: v.object({ id: word, name: v.exactOptional(word), inputSize: side, featureSpaceId: word }),
  classes: v.pipe(
    v.array(v.object({ id, name: className, palette })),
    v.minLength(2),
    v.maxLength(8),
  ),
  hyperparameters,
  history,
  divergedAtEpoch: v.exactOptional(count),
  fineTuning: v.exactOptional(fineTuningResult),
  temperature: v.pipe(finite, v.gtValue(0)),
  test: v.exactOptional(evaluation),
  objection: v.exactOptional(objection),
  trainingSetHash: word,
  photoIds: v.object({ train: v.array(id), validation: v.array(id), test: v.array(id) }),
  backend: word,
  seconds: finite,
  stageSeconds: v.exactOptional(stageSeconds),
  weights: v.array(v.object({ name: word, shape: v.array(count), dtype: v.literal('float32') })),
  sha256: hash,
});

/** Checks `library.json`, including ids that must be unique and references between records. */
export const librarySchema: v.GenericSchema<unknown, BackupLibrary> = v.pipe(
  v.object({
    format: v.literal(FORMAT),
    version: v.literal(FORMAT_VERSION),
    createdAt: moment,
    classes: v.pipe(v.array(classRecord), v.minLength(2), v.maxLength(8)),
    photos: v.array(photoRecord),
    models: v.array(modelRecord),
    bases: v.exactOptional(v.pipe(v.array(baseBackup), v.maxLength(100))),
    settings: backupSettings,
  }),
  v.check(({ classes, photos, models, bases = [] }) =>
    [classes, photos, models, bases].every(haveUniqueIds),
  ),
  v.check(({ classes, photos }) => {
    const known = new Set(classes.map((record) => record.id));
    return photos.every(({ classId }) => known.has(classId));
  }),
  v.check(({ models }) => models.every(hasConsistentShapes)),
);

/** Maximum length of an entry's path: those of a base model contain the paths in its model.json. */
const MAX_PATH = 1000;

/** Parses `files.json` to a map from the paths of the entries. */
export const filesSchema: v.GenericSchema<unknown, Map<string, FileFacts>> = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(MAX_PATH)), v.object({ bytes: count, sha256: hash })),
  v.transform((files) => new Map(Object.entries(files))),
);

/** Whether all class indexes, tables and the kernel of a model fit its number of classes. */
function hasConsistentShapes({ classes, test, weights }: ModelRecord): boolean {
  // A model of two classes has a single logit.
  const outputs = classes.length === 2 ? 1 : classes.length;
  const kernel = weights.find(({ name }) => name === 'dense/kernel');
  if (kernel?.shape.at(-1) !== outputs) return false;
  if (!test) return true;
  const { confusion, mistakes, outcomes = [] } = test;
  return (
    confusion.length === classes.length &&
    confusion.every((row) => row.length === classes.length) &&
    [...mistakes, ...outcomes].every(
      ({ truth, answer }) => Math.max(truth, answer) < classes.length,
    )
  );
}

function haveUniqueIds(records: readonly { readonly id: string }[]): boolean {
  return new Set(records.map((record) => record.id)).size === records.length;
}

function isClassName(name: string): boolean {
  try {
    return parseClassName(name) === name;
  } catch {
    return false;
  }
}
