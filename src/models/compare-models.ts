import { mcnemarExact } from './statistics/mcnemar.ts';
import type { ModelRecord, Outcome } from '../records/model.ts';

/** Two models on the same test photos; each list holds photo ids. */
export interface Comparison {
  readonly count: number;
  readonly bothRight: readonly string[];
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly bothWrong: readonly string[];
  /** How likely two equally good models would differ at least so unevenly; see `mcnemarExact`. */
  readonly chance: number;
}

type Judged = Pick<ModelRecord, 'test' | 'classes'>;

/**
 * Compares two models on the photos that both were tested on, so that neither has learned from one of
 * them, and under the same label: one that was relabelled in between asked the two different things.
 *
 * @returns undefined when one of them does not know what it answered to each photo
 */
export function compareModels(first: Judged, second: Judged): Comparison | undefined {
  const answers = answersOf(first);
  const others = answersOf(second);
  if (!answers || !others) return undefined;
  const shared = [...answers].filter(([id, { label }]) => others.get(id)?.label === label);
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

interface Answer {
  /** Id of the class that the photo is of. */
  readonly label: string | undefined;
  readonly right: boolean;
}

/** By photo id; nothing was answered where there were no test photos. */
function answersOf({ test, classes }: Judged): ReadonlyMap<string, Answer> | undefined {
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
