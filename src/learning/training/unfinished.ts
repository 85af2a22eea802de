import { msg, str } from '../../i18n/msg.ts';
import { otherBase, type OtherBase } from '../features/other-base.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import type { UnfinishedTraining } from '../../records/engine.ts';
import { unfinishedTraining } from '../../storage/checkpoints.ts';
import { Problem } from '../../platform/problem.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';

/**
 * Describes the interrupted training, if there is one, for a page.
 *
 * @param extractor the extractor of the base in use
 * @param bases all bases that the user can choose
 */
export async function unfinishedHere(
  extractor: FeatureExtractor,
  bases: readonly BaseSpec[],
): Promise<UnfinishedTraining | undefined> {
  const checkpoint = await unfinishedTraining();
  if (!checkpoint) return undefined;
  const { stage, savedAt, plan, state } = checkpoint;
  const { preset, epochs, fineTuning } = plan.hyperparameters;
  const obstacle = obstacleOf(plan, extractor, bases);
  return {
    preset,
    stage,
    epoch: (state?.epoch ?? 0) + (stage === 'fineTuning' ? epochs : 0),
    epochs: epochs + (fineTuning?.epochs ?? 0),
    savedAt,
    ...(obstacle && { obstacle: obstacle.toData() }),
  };
}

/** Why a training cannot resume with the base in use; undefined if it can. */
export function obstacleOf(
  { base }: Pick<TrainingPlan, 'base'>,
  extractor: FeatureExtractor,
  bases: readonly BaseSpec[],
): Problem<'other-base'> | undefined {
  const other = otherBase(base, extractor, bases);
  if (!other) return undefined;
  return new Problem('other-base', obstacleMessage(other));
}

function obstacleMessage({ on, choose }: OtherBase): string {
  switch (choose) {
    case 'base':
      return msg(str`This training ran on ${on}. Choose that base in Settings to go on.`);
    case 'size':
      return msg(str`This training ran on ${on}. Choose that size in Settings to go on.`);
    default:
      return msg(str`This training ran on ${on}. It cannot go on.`);
  }
}
