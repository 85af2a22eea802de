import type * as tf from '@tensorflow/tfjs-core';
import type { DeviceWatch } from '../backend/device-watch.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { VARIANTS } from '../input/variants.ts';
import { DenseHead } from '../head/dense-head.ts';
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
import { splitNetwork, type SplitNetwork } from './split-network.ts';
import { TailLearner } from './tail-learner.ts';
import { tailWeights } from './tail-weights.ts';
import { TunedData } from './tuned-data.ts';
import type { LoadedCheckpoint, TrainingPlan } from '../../records/checkpoint.ts';

interface FineTuning {
  readonly plan: TrainingPlan;
  readonly options: FineTuningOptions;
  readonly extractor: FeatureExtractor;
  readonly watch: DeviceWatch;
  /** Weights of the head that was trained on the frozen base, float32. */
  readonly head: { readonly kernel: ArrayBuffer; readonly bias: ArrayBuffer };
  readonly events: StageEvents;
  /** Share of the boundary activations that is computed, before each stretch of training. */
  readonly onPrepare: (share: number) => void;
  /** A checkpoint of this stage. */
  readonly resume?: LoadedCheckpoint | undefined;
}

interface FineTuned {
  readonly result: Omit<FineTuningResult, 'headModelId' | 'seconds'>;
  readonly judged: HeadEvaluation;
  /** The head, what knows the training photos, and the layers that learned. */
  readonly weights: readonly StoredWeight[];
}

/**
 * Fine-tunes the top of the base together with the head. The weights are those of the epoch with the
 * lowest validation loss; whether they are worth keeping, `result.kept` says.
 *
 * @throws Problem `cancelled`, `not-finite`, `gpu`, `base` where this base cannot be fine-tuned from
 *   that layer, `gone` when a photo was deleted meanwhile
 */
export async function fineTune(tuning: FineTuning): Promise<FineTuned> {
  const { extractor, options } = tuning;
  const head = DenseHead.fromBytes(tuning.head.kernel, tuning.head.bias);
  try {
    const network = splitNetwork(await extractor.loadLayers(), options.fromLayer);
    return await tune(tuning, network, head);
  } finally {
    head.dispose();
  }
}

/** @param network it is disposed */
async function tune(
  { plan, options, extractor, watch, events, onPrepare, resume }: FineTuning,
  { frozen, tail }: SplitNetwork,
  head: DenseHead,
): Promise<FineTuned> {
  const { hyperparameters, photos } = plan;
  const boundary = { name: tail.input, shape: tail.inputShape };
  const boundaries = new BoundaryCache(frozen, boundary, extractor, watch);
  const data = new TunedData({
    photos,
    featureLength: extractor.spec.featureLength,
    boundaries,
    boundaryShape: tail.inputShape,
    watch,
    kept: VARIANTS,
    turn: async (share) => {
      onPrepare(share);
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
    const learner = new TailLearner(tail, head, data, { ...hyperparameters, weights }, watch);
    const start = await packState(learner.variables, watch);
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
    await mixWeights(learner.variables, start, options.alpha ?? 1, watch);
    const network = tail.freeze();
    try {
      const { evaluation, weights } = await evaluateHead(head, data.through(network), plan, watch);
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
        judged: evaluation,
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
 * Whether validation accuracy, and at the same accuracy loss, did not get worse. Without validation
 * photos nothing speaks against the tuned model; the head alone is there to go back to.
 */
export function isNotWorse(after: Validation, before: Validation): boolean {
  if (after.validationAccuracy === undefined || before.validationAccuracy === undefined)
    return true;
  const gain = after.validationAccuracy - before.validationAccuracy;
  return gain > 0 || (gain === 0 && after.validationLoss! <= before.validationLoss!);
}

/**
 * The mean of the fine-tuned weights and those from before: Wortsman et al., "Robust fine-tuning of
 * zero-shot models" (2022, arXiv:2109.01903). It keeps more of what the base knew of other pictures.
 */
export async function mixWeights(
  variables: readonly tf.Variable[],
  start: Float32Array,
  share: number,
  watch: DeviceWatch,
): Promise<void> {
  if (share === 1) return;
  const tuned = await packState(variables, watch);
  unpackState(
    variables,
    tuned.map((value, i) => start[i]! + share * (value - start[i]!)),
  );
}
