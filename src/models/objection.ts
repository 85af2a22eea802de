import type { ModelRecord, Objection } from '../records/model.ts';
import { headOf } from './answering-model.ts';
import { compareModels, SIGNIFICANT } from './compare-models.ts';

/** Up to this ratio of its loss to that of chance, a model is clearly better than chance. */
const CLEARLY_BETTER = 0.5;

type Candidate = Pick<ModelRecord, 'id' | 'classes' | 'test' | 'history' | 'fineTuning'>;

/**
 * What speaks against replacing the model in use by a new one:
 *
 * - `fewer-right`: on the test photos of both, it is significantly worse (McNemar's exact test).
 *   This counts only if the model in use knows every class of the new one, because otherwise the
 *   new one can tell apart more.
 * - `guesses`: its validation loss is no better than chance, and that of the model in use is clearly
 *   better, or not known. A small difference is no evidence, because both losses are of few photos.
 *
 * @returns undefined if nothing does
 */
export function objectionTo(model: Candidate, inUse: Candidate): Objection | undefined {
  const found = fewerRight(model, inUse);
  if (found) return found;
  const isClearlyBetter = (lossToChance(inUse) ?? 0) <= CLEARLY_BETTER;
  return isClearlyBetter && isGuessing(model) ? { kind: 'guesses' } : undefined;
}

/**
 * Whether the validation loss of a model is no better than that of equal probabilities for all
 * classes, `ln(classes)` nats. False without validation photos.
 */
export function isGuessing(model: Candidate): boolean {
  return (lossToChance(model) ?? 0) >= 1;
}

/** The validation loss divided by that of chance; undefined without validation photos. */
function lossToChance(model: Candidate): number | undefined {
  const loss = validationLoss(model);
  return loss === undefined ? undefined : loss / Math.log(model.classes.length);
}

function fewerRight(model: Candidate, inUse: Candidate): Objection | undefined {
  const known = new Set(inUse.classes.map(({ id }) => id));
  if (!model.classes.every(({ id }) => known.has(id))) return undefined;
  const comparison = compareModels(model, inUse);
  if (!comparison || comparison.chance >= SIGNIFICANT) return undefined;
  const { count, bothRight, onlyFirst, onlySecond } = comparison;
  if (onlyFirst.length > onlySecond.length) return undefined;
  return {
    kind: 'fewer-right',
    count,
    correct: bothRight.length + onlyFirst.length,
    correctInUse: bothRight.length + onlySecond.length,
  };
}

/** The loss of the weights that are stored: after the fine-tuning, if it made this model. */
function validationLoss(model: Candidate): number | undefined {
  const isTuned = headOf(model) !== undefined;
  return isTuned ? model.fineTuning?.after.validationLoss : model.history.at(-1)?.validationLoss;
}

/** The record of the model without its objection. */
export function withoutObjection(model: ModelRecord): ModelRecord {
  const { objection, ...accepted } = model;
  return objection ? accepted : model;
}
