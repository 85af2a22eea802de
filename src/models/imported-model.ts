import { outputsFor } from '../records/class.ts';
import { numbersOf, PRESETS } from '../records/presets.ts';
import type { AddedBase, AddedClassifier } from '../records/base-inspection.ts';
import type { ModelClass, ModelRecord } from '../records/model.ts';
import type { Prior } from '../records/prior.ts';
import type { BaseForHead, PhoneModelFacts, PhonePrior } from '../records/phone-model.ts';
import { saveModel } from './repository.ts';

interface ImportedModel {
  readonly name: string;
  readonly spec: AddedBase['spec'];
  readonly classifier: AddedClassifier;
  /** Classes of the library, in the order of the classifier's outputs. */
  readonly classes: readonly ModelClass[];
  /** What a model that another phone trained says besides. */
  readonly phone?: Pick<
    PhoneModelFacts,
    'temperature' | 'askedVariants' | 'test' | 'prior' | 'further'
  > &
    Pick<BaseForHead, 'known'>;
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
  phone,
}: ImportedModel): Promise<ModelRecord> {
  const outputs = outputsFor(classes.length);
  const { prior, known, test, further } = phone ?? {};
  const rows = spec.featureLength + (further?.length ?? 0);
  if (bias.length !== outputs || kernel.length !== rows * outputs) {
    throw new RangeError(
      `${kernel.length} and ${bias.length} numbers for ${classes.length} classes`,
    );
  }
  const weights: [name: string, shape: readonly number[], values: Float32Array][] = [
    ['dense/kernel', [rows, outputs], kernel],
    ['dense/bias', [outputs], bias],
  ];
  if (prior && known) {
    const columns = known.bias.length;
    weights.push(['known/kernel', [spec.featureLength, columns], known.kernel]);
    weights.push(['known/bias', [columns], known.bias]);
  }
  return saveModel(
    {
      id: crypto.randomUUID(),
      name,
      imported: true,
      base: { id: spec.id, name: spec.name, inputSize, featureSpaceId },
      classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
      // Its own training is not known: these are those of a training that goes on with it. It is asked
      // as it was made; one that is no phone's, about the picture alone.
      hyperparameters: {
        ...numbersOf(PRESETS.quick),
        preset: 'quick',
        askedVariants: phone?.askedVariants ?? ['plain'],
        seed: 1,
      },
      history: [],
      temperature: phone?.temperature ?? 1,
      ...(test && { testedElsewhere: test }),
      ...(prior && known && { prior: priorOf(prior) }),
      ...(further && { further }),
      trainingSetHash: '',
      photoIds: { train: [], validation: [], test: [] },
      backend: '',
      seconds: 0,
      weights: weights.map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
    },
    joined(weights.map(([, , values]) => values)),
  );
}

/** The prior without what only its transfer needs. */
function priorOf({ sha256: _sha256, ...prior }: PhonePrior): Prior {
  return prior;
}

function joined(parts: readonly Float32Array[]): ArrayBuffer {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all.buffer;
}
