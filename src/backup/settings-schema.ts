import * as v from 'valibot';
import type { RightLabels, Settings } from '../storage/schema.ts';
import type { BackupSettings } from './backup-format.ts';
import { count, finite, id, fraction, longWord, side, word } from './schema-parts.ts';
import type { TrainOptions } from '../records/training.ts';

const seconds = v.exactOptional(v.pipe(finite, v.minValue(0)));

const throughput: v.GenericSchema<unknown, Settings['throughputs'][string]> = v.object({
  picture: seconds,
  example: seconds,
  headEpoch: seconds,
  boundary: seconds,
  pass: seconds,
});

/** The choices on the Train page; the user may have changed any of the expert fields. */
const trainingOptions: v.GenericSchema<unknown, TrainOptions> = v.object({
  preset: v.picklist(['quick', 'tutorial']),
  seed: v.exactOptional(finite),
  prior: v.exactOptional(v.boolean()),
  fineTuning: v.exactOptional(
    v.union([
      v.boolean(),
      v.object({
        fromLayer: v.exactOptional(longWord),
        epochs: v.exactOptional(count),
        batchSize: v.exactOptional(count),
        learningRate: v.exactOptional(finite),
        alpha: v.exactOptional(fraction),
      }),
    ]),
  ),
  hyperparameters: v.exactOptional(
    v.object({
      epochs: v.exactOptional(count),
      batchSize: v.exactOptional(count),
      learningRate: v.exactOptional(finite),
      schedule: v.exactOptional(v.picklist(['constant', 'cosine'])),
      l2: v.exactOptional(finite),
      dropout: v.exactOptional(fraction),
      centred: v.exactOptional(v.boolean()),
      priorTemperature: v.exactOptional(finite),
      variants: v.exactOptional(v.array(word)),
      augmentation: v.exactOptional(v.picklist(['all', 'fresh'])),
      askedVariants: v.exactOptional(v.array(word)),
      classWeights: v.exactOptional(v.literal('balanced')),
    }),
  ),
});

const rightLabels: v.GenericSchema<unknown, RightLabels> = v.object({
  modelId: id,
  labels: v.array(v.tuple([id, id])),
});

/** Checks the settings in `library.json`. */
export const backupSettings: v.GenericSchema<unknown, BackupSettings> = v.object({
  activeModelId: v.exactOptional(id),
  baseId: v.exactOptional(word),
  inputSize: v.exactOptional(side),
  trainingOptions: v.exactOptional(trainingOptions),
  throughputs: v.exactOptional(v.record(longWord, throughput)),
  rightLabels: v.exactOptional(rightLabels),
  usesKnownClasses: v.exactOptional(v.boolean()),
  movesSquares: v.exactOptional(v.boolean()),
});
