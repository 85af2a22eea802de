import type { RunControl } from '../../platform/run-control.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import type { FurtherChoice } from '../../records/further-features.ts';
import { PRESETS } from '../../records/presets.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { compareStrengths } from './choose-strength.ts';
import { evidenceOf } from './evidence.ts';

/**
 * The plan with the further features of the base if its head predicts clearly better with them what
 * it has not learned from, as when two classes are animals of one kind, which differ in their coat
 * alone. The cross-validation is that of `weighPrior`, with the prior that the plan has. A plan with
 * fine-tuning goes without: the tuned layers can learn what the last map lacks. So does one that
 * starts from the head of another phone, unless that head reads them.
 *
 * @param plan of a new training, after `weighPrior`; the features of its training photos are stored
 * @returns the same plan if there is nothing to choose
 * @throws Problem `cancelled`; `gone` if a photo of the plan has been deleted
 */
export async function chooseFurther(
  plan: TrainingPlan,
  { preset }: TrainOptions,
  extractor: FeatureExtractor,
  control: RunControl,
): Promise<TrainingPlan> {
  const { further } = extractor;
  const { furtherDoubt: doubt } = PRESETS[preset];
  const { fineTuning, startsFrom, l2, biasL2 = 0 } = plan.hyperparameters;
  if (!further || doubt === undefined || fineTuning || startsFrom !== undefined) return plan;
  const { prior } = plan;
  const candidate = { strength: prior?.strength ?? 0, doubt: 0, l2, biasL2 };
  const lossOf = async (read: typeof further | undefined): Promise<Loss> => {
    const evidence = await evidenceOf(plan, prior, extractor, read);
    const compared = await compareStrengths(evidence, [candidate], () => control.yieldOrCancel());
    return { loss: compared.trials[0]!.loss, count: compared.count };
  };
  const { priorChoice } = plan;
  const trial = priorChoice?.trials.find(({ strength }) => strength === candidate.strength);
  const alone =
    priorChoice && trial ? { loss: trial.loss, count: priorChoice.count } : await lossOf(undefined);
  const { helps, furtherChoice } = await compareReading(alone, () => lossOf(further), doubt);
  return { ...plan, ...(helps && { further }), furtherChoice };
}

/** How heads did with photos that they did not learn from. */
interface Loss {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Number of photos. */
  readonly count: number;
}

/**
 * Whether further features help.
 *
 * @param alone of heads that read the last map alone
 * @param together of heads that read both; not called if no loss could be small enough
 * @param doubt by how many nats they must be better, summed over the photos
 */
export async function compareReading(
  { loss, count }: Loss,
  together: () => Promise<Loss>,
  doubt: number,
): Promise<{ helps: boolean; furtherChoice: FurtherChoice }> {
  if (count * loss <= doubt) return { helps: false, furtherChoice: { alone: loss, count } };
  const other = await together();
  return {
    helps: count * (loss - other.loss) > doubt,
    furtherChoice: { alone: loss, together: other.loss, count },
  };
}
