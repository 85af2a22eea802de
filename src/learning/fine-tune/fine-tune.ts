import type * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { disposeIfThrown } from '../backend/dispose-if-thrown.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { VARIANTS } from '../input/variants.ts';
import { DenseHead } from '../head/dense-head.ts';
import { HeadPrior } from '../head/head-prior.ts';
import { classWeightsOf } from '../head/class-weights.ts';
import { Random } from '../../platform/random.ts';
import type { StoredWeight } from '../head/stored-weight.ts';
import type { FineTuningOptions, FineTuningResult, Validation } from '../../records/model.ts';
import { runEpochs, validation } from '../optim/epoch-loop.ts';
import { evaluateHead, type HeadEvaluation } from '../head/evaluate-head.ts';
import type { StageEvents } from '../head/train-head.ts';
import { variantsOfEpoch } from '../optim/hyperparameters.ts';
import { packState, unpackState } from '../optim/state-bytes.ts';
import { BoundaryCache } from './boundary-cache.ts';
import { splitList, type SplitNetwork } from './split-network.ts';
import { runFrozen } from '../network/load-with-tensors.ts';
import type { Network } from '../network/network.ts';
import { TailLearner } from './tail-learner.ts';
import { tailWeights } from './tail-weights.ts';
import { TunedData } from './tuned-data.ts';
import type { LoadedCheckpoint, TrainingPlan } from '../../records/checkpoint.ts';

/** What `fineTune` needs. */
interface FineTuning {
  readonly plan: TrainingPlan;
  readonly options: FineTuningOptions;
  readonly extractor: FeatureExtractor;
  readonly watch: DeviceWatch;
  /** Weights of the head trained on the frozen base, float32: the starting point. */
  readonly head: { readonly kernel: ArrayBuffer; readonly bias: ArrayBuffer };
  readonly events: StageEvents;
  /**
   * Receives the fraction of the boundary activations that are computed, 0 to 1; it starts again
   * from 0 when more are needed.
   */
  readonly onPrepare: (fraction: number) => void;
  /** A checkpoint of this stage to resume from. */
  readonly resume?: LoadedCheckpoint | undefined;
}

/** A fine-tuned model. */
interface FineTuned {
  readonly result: Omit<FineTuningResult, 'headModelId' | 'seconds'>;
  readonly evaluation: HeadEvaluation;
  /** The weights of the head, of the novelty model and of the fine-tuned layers. */
  readonly weights: readonly StoredWeight[];
}

/**
 * Fine-tunes the top of the base together with the head. The tuned weights are those of the epoch
 * with the lowest validation loss, averaged with the weights from before by `mixWeights`.
 * `result.kept` is false if validation got worse.
 *
 * @throws Problem `cancelled`, `not-finite`, `gpu`, `base` if this base cannot be fine-tuned from
 *   that layer, `gone` if a photo has been deleted
 */
export async function fineTune(tuning: FineTuning): Promise<FineTuned> {
  const { extractor, options } = tuning;
  const [head, prior] = disposeIfThrown((keep) => [
    keep(DenseHead.fromBytes(tuning.head.kernel, tuning.head.bias)),
    HeadPrior.of(tuning.plan, extractor.known),
  ]);
  try {
    return await tune(tuning, await splitFor(extractor, options.fromLayer), head, prior);
  } finally {
    prior?.dispose();
    head.dispose();
  }
}

/** The network of an extractor, in the two parts of a fine-tuning. @throws Problem `base` */
export async function splitFor(
  extractor: Pick<FeatureExtractor, 'loadLayers' | 'spec' | 'inputSize' | 'backend'>,
  fromLayer: string,
): Promise<SplitNetwork<Network>> {
  const { spec, inputSize, backend } = extractor;
  const { frozen, tail } = splitList(await extractor.loadLayers(), fromLayer);
  try {
    return { frozen: await runFrozen(frozen, spec, inputSize, backend), tail };
  } catch (thrown) {
    tail.dispose();
    throw thrown;
  }
}

/** As `fineTune`, on a network that it disposes. */
async function tune(
  { plan, options, extractor, watch, events, onPrepare, resume }: FineTuning,
  { frozen, tail }: SplitNetwork<Network>,
  head: DenseHead,
  prior?: HeadPrior,
): Promise<FineTuned> {
  const { hyperparameters, photos } = plan;
  const boundary = { name: tail.input, shape: tail.inputShape };
  const boundaries = new BoundaryCache(frozen, boundary, extractor, watch);
  const data = new TunedData({
    photos,
    featureLength: extractor.spec.featureLength,
    prior,
    boundaries,
    boundaryShape: tail.inputShape,
    watch,
    cachedVariants: VARIANTS,
    onProgress: async (fraction) => {
      onPrepare(fraction);
      await events.control.yieldOrCancel();
    },
  });
  const labels = {
    train: photos.train.map(({ label }) => label),
    validation: photos.validation.map(({ label }) => label),
  };
  const state = resume?.checkpoint.state;
  try {
    const weights = classWeightsOf(plan);
    const headOptions = { ...hyperparameters, weights };
    const learner = new TailLearner(tail, head, data, headOptions, watch, prior);
    const initial = await packState(learner.variables, watch);
    const { history, epoch, before, divergedAtEpoch } = await runEpochs({
      ...events,
      learner,
      labels,
      hyperparameters: { ...options, schedule: hyperparameters.schedule },
      variantsOf: (epoch) => variantsOfEpoch(hyperparameters, hyperparameters.epochs + epoch),
      keep: 'best',
      readEachBatch: true,
      random: state ? Random.from(state.random) : new Random(hyperparameters.seed),
      watch,
      ...(resume && state && { resume: { state, bytes: resume.bytes } }),
    });
    await mixWeights(learner.variables, initial, options.alpha ?? 1, watch);
    const network = tail.freeze();
    try {
      const tuned = data.through(network);
      const { evaluation, weights } = await evaluateHead(head, tuned, plan, watch, prior);
      const after = await validation(learner, labels);
      const trainableParameters = learner.variables.reduce((sum, { size }) => sum + size, 0);
      const kept = epoch > 0 && isNotWorse(after, before);
      return {
        result: {
          options,
          trainableParameters,
          history,
          epoch,
          ...(divergedAtEpoch !== undefined && { divergedAtEpoch }),
          before,
          after,
          kept,
        },
        evaluation,
        weights: [...weights, ...(await tailWeights(tail, watch))],
      };
    } finally {
      network.dispose();
    }
  } finally {
    boundaries.dispose();
    tail.dispose();
  }
}

/**
 * Whether validation did not get worse: the accuracy is higher, or it is equal and the loss is not
 * higher. True without validation photos, since there is no evidence against the tuned model and
 * the model with the head alone stays available.
 */
export function isNotWorse(after: Validation, before: Validation): boolean {
  if (after.validationAccuracy === undefined || before.validationAccuracy === undefined)
    return true;
  const gain = after.validationAccuracy - before.validationAccuracy;
  return gain > 0 || (gain === 0 && after.validationLoss! <= before.validationLoss!);
}

/**
 * Replaces the fine-tuned weights by `(1 - alpha) initial + alpha tuned` (WiSE-FT): Wortsman et
 * al., "Robust fine-tuning of zero-shot models" (2022, arXiv:2109.01903). The mean preserves more
 * of the base's performance on pictures unlike the training photos.
 *
 * @param variables the fine-tuned weights, overwritten
 * @param initial the weights from before, as `packState` returned them
 * @param alpha weight of the fine-tuned weights, 0 to 1
 * @throws Problem `gpu`
 */
export async function mixWeights(
  variables: readonly tf.Variable[],
  initial: Float32Array,
  alpha: number,
  watch: DeviceWatch,
): Promise<void> {
  if (alpha === 1) return;
  const tuned = await packState(variables, watch);
  unpackState(
    variables,
    tuned.map((value, i) => initial[i]! + alpha * (value - initial[i]!)),
  );
}
