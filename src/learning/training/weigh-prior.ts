import { listPhotos } from '../../photos/repository.ts';
import { groupOf } from '../../photos/training-sides.ts';
import type { RunControl } from '../../platform/run-control.ts';
import type { PlannedPhoto, TrainingPlan } from '../../records/checkpoint.ts';
import { PRESETS } from '../../records/presets.ts';
import type { TrainOptions } from '../../records/training.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { loadMean, loadMeanPrior, StoredData } from '../features/training-data.ts';
import { meanPrior } from '../head/mean-prior.ts';
import { withoutPrior } from '../optim/hyperparameters.ts';
import {
  bestStrength,
  compareStrengths,
  type StrengthCandidate,
  type StrengthEvidence,
} from './choose-strength.ts';

/** Enough to choose; the time grows with the square of their number. */
const MOST_PHOTOS = 300;

/**
 * The plan with as much of the prior as its training photos bear out: of the strengths of its
 * preset, the one that predicts best what it has not learned from. What a base knows is wrong for
 * some photos, such as toys and drawings, and then the head learns without it, as it would on a base
 * that knows nothing. The choice depends on the training photos alone and is a part of the plan, so
 * that a training that resumes does not choose again.
 *
 * @param plan of a new training; the features of its training photos are stored
 * @returns the same plan if it has no prior
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
  const evidence = await evidenceOf(plan, extractor);
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

/** What the training photos say, at most `MOST_PHOTOS` of them. */
async function evidenceOf(
  plan: TrainingPlan,
  extractor: FeatureExtractor,
): Promise<StrengthEvidence> {
  const { hyperparameters, classes } = plan;
  const { askedVariants, priorTemperature } = hyperparameters;
  const train = evenly(plan.photos.train, MOST_PHOTOS);
  const photos = { train, validation: [], test: [] };
  const prior = { ...plan.prior!, strength: 1 };
  const data = new StoredData(extractor, photos, prior);
  const features = await loadMean(data, 'train', askedVariants);
  const known = (await loadMeanPrior(data, 'train', askedVariants))!;
  const mean = await meanPrior({ prior, photos, classes }, data);
  if (mean) known.forEach((value, i) => (known[i] = value - mean[i % mean.length]!));
  const groups = new Map((await listPhotos()).map((photo) => [photo.id, groupOf(photo)]));
  return {
    photos: train.map(({ id, label }) => ({ id, label, group: groups.get(id) ?? id })),
    ...{ features, known, priorTemperature },
  };
}

/** The first photos of each class, as many of each as there are, up to `most` in all. */
function evenly(photos: readonly PlannedPhoto[], most: number): readonly PlannedPhoto[] {
  if (photos.length <= most) return photos;
  const seen = new Map<number, number>();
  const ranks = photos.map(({ label }) => {
    const rank = seen.get(label) ?? 0;
    seen.set(label, rank + 1);
    return rank;
  });
  const last = ranks.toSorted((a, b) => a - b)[most - 1]!;
  return photos.filter((_, i) => ranks[i]! <= last).slice(0, most);
}
