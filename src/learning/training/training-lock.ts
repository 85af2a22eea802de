import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

const LOCK_NAME = 'purrceptron-training';

/**
 * Runs a training under a Web Lock, so that only one runs in all tabs: two would overwrite each
 * other's checkpoints. The browser releases the lock when a tab is closed.
 *
 * @throws Problem `busy` if another training runs
 */
export function withTrainingLock<Result>(train: () => Promise<Result>): Promise<Result> {
  return navigator.locks.request(LOCK_NAME, { ifAvailable: true }, (lock) => {
    if (!lock)
      throw new Problem('busy', msg('A training is already running, here or in another tab.'));
    return train();
  });
}

/** Whether a training runs in any tab. */
export async function isTrainingSomewhere(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === LOCK_NAME);
}
