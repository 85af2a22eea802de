import { msg } from '../../i18n/msg.ts';
import type { NewModel } from '../../models/repository.ts';
import type { RunControl } from '../../platform/run-control.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { ActiveBackend } from '../backend/backends.ts';
import type { DeviceThroughput } from '../estimate/device-throughput.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { StoredData } from '../features/training-data.ts';
import { evaluateHead } from '../head/evaluate-head.ts';
import { HeadPrior } from '../head/head-prior.ts';
import { joinWeights } from '../head/stored-weight.ts';
import { trainHead } from '../head/train-head.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { modelOf } from './plan.ts';
import { startingHead } from './starting-head.ts';

/** A model that is not stored. */
export interface Draft {
  readonly model: ModelRecord;
  /** The weights that `model.weights` describes. */
  readonly weights: ArrayBuffer;
}

/** What `trainDraft` needs besides the plan. */
interface DraftContext {
  readonly extractor: FeatureExtractor;
  /** Its tensors have started. */
  readonly backend: Pick<ActiveBackend, 'name' | 'watch'>;
  /** Records the time of a head, unless a training by the user has done so. */
  readonly throughput: DeviceThroughput | undefined;
  readonly control: RunControl;
  readonly trainingSetHash: string;
}

/**
 * Trains a head as a plan says, on stored features.
 *
 * @throws Problem `cancelled`, `gone` if a photo of the plan has been deleted, `not-finite`, `gpu`
 */
export async function trainDraft(
  plan: TrainingPlan,
  { extractor, backend: { name, watch }, throughput, control, trainingSetHash }: DraftContext,
): Promise<Draft> {
  const data = new StoredData(extractor, plan.photos, plan);
  const timings: EpochTiming[] = [];
  const onTimed = (timing: EpochTiming) => timings.push(timing);
  const start = await startingHead(plan, data.featureLength);
  const events = { control, onEpoch: () => undefined, onTimed };
  const { head, result } = await trainHead(plan, data, watch, events, { start });
  try {
    const prior = HeadPrior.of(plan, extractor.known);
    if (throughput?.throughput.example === undefined) throughput?.recordHead(timings);
    const evaluated = evaluateHead(head, data, plan, watch, prior);
    const { evaluation, weights } = await evaluated.finally(() => prior?.dispose());
    await control.yieldOrCancel();
    const newModel: NewModel = {
      ...modelOf(plan, trainingSetHash),
      ...evaluation,
      history: result.history,
      backend: name,
      seconds: (Date.now() - plan.startedAt) / 1000,
      weights: weights.map((weight) => weight.spec),
    };
    const model = {
      ...newModel,
      name: msg('So far', { id: 'model-so-far', desc: 'name of what is learned so far' }),
      createdAt: Date.now(),
      sha256: '',
    };
    return { model, weights: joinWeights(weights) };
  } finally {
    head.dispose();
  }
}
