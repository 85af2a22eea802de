import { animalSquare } from '../../image/animal-square.ts';
import type { FindSquare } from '../../image/square.ts';
import { withTimeout } from '../../platform/with-timeout.ts';
import type { EngineStatus } from '../../records/engine.ts';
import { getSetting } from '../../storage/settings.ts';
import type { LearningClient } from './learning-client.ts';

/** How long an import waits for the engine, in milliseconds, before it goes on without. */
const TIMEOUT_MS = 15_000;

type Engine = Pick<LearningClient, 'status' | 'start' | 'findBoxes'>;

/**
 * Finds the squares of the wide pictures of one import: those that show the animal. Where the engine
 * cannot say, as while its base is downloaded, nothing is found. It is waited for while it prepares,
 * but not for long; after that the other pictures do not wait either.
 *
 * @param timeout in milliseconds
 * @returns undefined if the person does not want it
 */
export async function squareFinder(
  engine: Engine,
  timeout = TIMEOUT_MS,
): Promise<FindSquare | undefined> {
  if ((await getSetting('movesSquares').catch(() => undefined)) === false) return undefined;
  let isGivenUp = false;
  return async (reduced, size) => {
    if (isGivenUp || !mayAnswer(engine.status)) {
      reduced.close();
      return undefined;
    }
    const answer = engine
      .start()
      .then(() => engine.findBoxes(reduced))
      .catch(() => {
        reduced.close();
        return undefined;
      });
    const boxes = await withTimeout(answer, timeout).catch(() => {
      isGivenUp = true;
      return undefined;
    });
    return boxes && animalSquare(size, boxes);
  };
}

/** Whether the engine can say now, or soon, where something is. */
function mayAnswer({ phase, info }: EngineStatus): boolean {
  if (phase === 'ready') return info?.base.knows?.boxes !== undefined;
  return phase === 'starting' || phase === 'preparing';
}
