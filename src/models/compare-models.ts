import { mcnemarExact } from './statistics/mcnemar.ts';
import type { ModelRecord, Outcome } from '../records/model.ts';

/** Significance level: below this p-value a difference is usually called significant. */
export const SIGNIFICANT = 0.05;

/** The results of two models on the same test photos; the lists contain photo ids. */
export interface Comparison {
  /** Number of photos that are compared. */
  readonly count: number;
  readonly bothRight: readonly string[];
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly bothWrong: readonly string[];
  /**
   * P-value, 0 to 1: how likely equally good models would differ at least so much; see
   * `mcnemarExact`.
   */
  readonly chance: number;
}

type TestedModel = Pick<ModelRecord, 'test' | 'classes'>;

/**
 * Compares two models on the photos that are in the test sets of both, so that neither was trained
 * with them. A photo that had another label in the other test is left out.
 *
 * @returns undefined if one of the models has no stored prediction for each test photo
 */
export function compareModels(first: TestedModel, second: TestedModel): Comparison | undefined {
  const predictions = predictionsOf(first);
  const others = predictionsOf(second);
  if (!predictions || !others) return undefined;
  const shared = [...predictions].filter(([id, { label }]) => others.get(id)?.label === label);
  const where = (firstRight: boolean, secondRight: boolean) =>
    shared
      .filter(([id, { right }]) => right === firstRight && others.get(id)?.right === secondRight)
      .map(([id]) => id);
  const onlyFirst = where(true, false);
  const onlySecond = where(false, true);
  return {
    count: shared.length,
    bothRight: where(true, true),
    onlyFirst,
    onlySecond,
    bothWrong: where(false, false),
    chance: mcnemarExact(onlyFirst.length, onlySecond.length),
  };
}

interface Prediction {
  /** The true class id of the photo. */
  readonly label: string | undefined;
  readonly right: boolean;
}

/** Predictions by photo id; empty for a model without test photos. */
function predictionsOf({
  test,
  classes,
}: TestedModel): ReadonlyMap<string, Prediction> | undefined {
  const outcomes: readonly Outcome[] | undefined = test ? test.outcomes : [];
  return (
    outcomes &&
    new Map(
      outcomes.map(({ photoId, truth, answer }) => [
        photoId,
        { label: classes[truth]?.id, right: truth === answer },
      ]),
    )
  );
}
