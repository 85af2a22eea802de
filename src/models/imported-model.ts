import { PRESETS, type Preset } from '../records/presets.ts';
import type { AddedBase, AddedClassifier } from '../records/base-inspection.ts';
import type { ModelClass, ModelRecord } from '../records/model.ts';
import { saveModel } from './repository.ts';

interface ImportedModel {
  readonly name: string;
  readonly spec: AddedBase['spec'];
  readonly classifier: AddedClassifier;
  /** Classes of the library, in the order of the classifier's outputs. */
  readonly classes: readonly ModelClass[];
}

/**
 * Stores a classifier that was trained elsewhere as a model of the app, and makes it the active one.
 *
 * @throws RangeError if the head does not fit the base or the classes; Problem of a StorageProblemKind
 */
export async function saveImportedModel({
  name,
  spec,
  classifier: { inputSize, featureSpaceId, kernel, bias },
  classes,
}: ImportedModel): Promise<ModelRecord> {
  const outputs = classes.length === 2 ? 1 : classes.length;
  if (bias.length !== outputs || kernel.length !== spec.featureLength * outputs) {
    throw new RangeError(
      `${kernel.length} and ${bias.length} numbers for ${classes.length} classes`,
    );
  }
  const weights = new Float32Array(kernel.length + bias.length);
  weights.set(kernel);
  weights.set(bias, kernel.length);
  return saveModel(
    {
      id: crypto.randomUUID(),
      name,
      imported: true,
      base: { id: spec.id, name: spec.name, inputSize, featureSpaceId },
      classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
      // Its own training is not known: these are those of a training that goes on with it. It is asked
      // as it was made, about the picture alone.
      hyperparameters: {
        ...headOf(PRESETS.quick),
        preset: 'quick',
        askedVariants: ['plain'],
        seed: 1,
      },
      history: [],
      temperature: 1,
      trainingSetHash: '',
      photoIds: { train: [], validation: [], test: [] },
      backend: '',
      seconds: 0,
      weights: [
        { name: 'dense/kernel', shape: [spec.featureLength, outputs], dtype: 'float32' },
        { name: 'dense/bias', shape: [outputs], dtype: 'float32' },
      ],
    },
    weights.buffer,
  );
}

/** The hyperparameters of a preset's head that has no prior. */
function headOf({ tuning: _tuning, fineTunes: _fineTunes, prior: _prior, ...head }: Preset) {
  return head;
}
