import { msg } from '../../i18n/msg.ts';
import { listClasses } from '../../photos/classes.ts';
import type { ModelRecord } from '../../records/model.ts';
import { PRESETS } from '../../records/presets.ts';
import { getSetting } from '../../storage/settings.ts';
import { hyperparametersOf } from '../optim/hyperparameters.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { readoutOfPrior } from '../features/known-readout.ts';
import { joinWeights, storedWeight } from '../head/stored-weight.ts';
import { outputsFor } from '../../records/class.ts';
import { knowledgePrior } from '../training/plan-prior.ts';

/** A model that is not stored, and its weights. */
interface KnowledgeModel {
  readonly model: ModelRecord;
  /** The weights that `model.weights` describes. */
  readonly weights: ArrayBuffer;
}

/**
 * The model that answers before any photo was taken: a head of zeros with what the base knows. It
 * tells apart the classes of the library that have a known class of their own.
 *
 * @returns undefined if these are fewer than two, or the person does not want it
 */
export async function knowledgeModel(
  extractor: FeatureExtractor,
  backend: { readonly name: string },
): Promise<KnowledgeModel | undefined> {
  const { spec, known, inputSize, featureSpaceId } = extractor;
  const strength = PRESETS.quick.prior?.strengths[0]!.strength;
  if (!known || strength === undefined || (await getSetting('usesKnownClasses')) === false)
    return undefined;
  const all = await listClasses();
  const matched = knowledgePrior(extractor, all, strength)?.classes;
  if (!matched) return undefined;
  const ids = matched.map((each) => each?.id);
  const classes = all.filter((_, i) => ids[i] && ids.filter((id) => id === ids[i]).length === 1);
  const prior = knowledgePrior(extractor, classes, strength);
  if (!prior) return undefined;
  const { featureLength } = spec;
  const outputs = outputsFor(classes.length);
  const chosen = readoutOfPrior(known, prior);
  const weights = [
    storedWeight(
      'dense/kernel',
      [featureLength, outputs],
      new Float32Array(featureLength * outputs),
    ),
    storedWeight('dense/bias', [outputs], new Float32Array(outputs)),
    storedWeight('known/kernel', [featureLength, chosen.bias.length], chosen.kernel),
    storedWeight('known/bias', [chosen.bias.length], chosen.bias),
  ];
  const model: ModelRecord = {
    id: `known-${prior.classes.map((each) => each!.id).join('-')}`,
    name: msg('What the base knows'),
    untrained: true,
    createdAt: 0,
    base: { id: spec.id, name: spec.name, inputSize, featureSpaceId },
    classes: classes.map(({ id, name, palette }) => ({ id, name, palette })),
    hyperparameters: hyperparametersOf({ preset: 'quick' }, undefined),
    history: [],
    temperature: PRESETS.quick.priorTemperature,
    prior,
    trainingSetHash: '',
    photoIds: { train: [], validation: [], test: [] },
    backend: backend.name,
    seconds: 0,
    weights: weights.map((weight) => weight.spec),
    sha256: '',
  };
  return { model, weights: joinWeights(weights) };
}
