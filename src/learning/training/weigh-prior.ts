import type { RunControl } from '../../platform/run-control.ts';
import type { TrainingPlan } from '../../records/checkpoint.ts';
import { PRESETS } from '../../records/presets.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { withoutPrior } from '../optim/hyperparameters.ts';
import { bestStrength, compareStrengths, type StrengthCandidate } from './choose-strength.ts';
import { evidenceOf } from './evidence.ts';

/**
 * Sets the strength of the prior by cross-validation on the training photos: of the strengths of its
 * preset, it takes the one that predicts the held-out photos best. What a base knows is wrong for
 * some photos, such as toys and drawings; then the head is trained without a prior, as on a base
 * that knows nothing. The choice depends on the training photos alone and is a part of the plan, so
 * that a training that resumes does not choose again.
 *
 * @param plan of a new training; the features of its training photos are stored
 * @returns the plan with that strength; the same plan if it has no prior
 * @throws Problem `cancelled`; `gone` if a photo of the plan has been deleted
 */
export async function weighPrior(
  plan: TrainingPlan,
  options: TrainOptions,
  extractor: FeatureExtractor,
  control: RunControl,
): Promise<TrainingPlan> {
  const { prior: preset } = PRESETS[options.preset];
  const { prior, ...alone } = plan;
  if (!prior || !preset) return plan;
  const { hyperparameters } = plan;
  const { l2, biasL2 = 0 } = hyperparameters;
  const headAlone = withoutPrior(hyperparameters, options);
  const candidates = preset.strengths.map(({ strength, doubt }): StrengthCandidate =>
    strength === 0
      ? { strength, doubt, l2: headAlone.l2, biasL2: 0 }
      : { strength, doubt, l2, biasL2 },
  );
  const evidence = await evidenceOf(plan, prior, extractor);
  const { trials, count } = await compareStrengths(evidence, candidates, () =>
    control.yieldOrCancel(),
  );
  const { strength } = bestStrength(trials, candidates, count);
  const known = prior.classes.map((each) => each?.id ?? null);
  const priorChoice = { known, trials, count };
  return strength === 0
    ? { ...alone, hyperparameters: headAlone, priorChoice }
    : { ...plan, prior: { ...prior, strength }, priorChoice };
}
