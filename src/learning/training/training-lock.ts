import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

const NAME = 'purrceptron-training';

/**
 * Runs a training while no other one runs, in whatever tab: two would write over each other's
 * checkpoints. The browser lets go of the lock of a tab that is gone.
 *
 * @throws Problem `busy`
 */
export function withTrainingLock<Result>(train: () => Promise<Result>): Promise<Result> {
  return navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
    if (!lock)
      throw new Problem('busy', msg('A training is already running, here or in another tab.'));
    return train();
  });
}

/** Whether a training runs somewhere. */
export async function isTrainingSomewhere(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === NAME);
}
