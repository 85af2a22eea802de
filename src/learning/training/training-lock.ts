import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

const LOCK_NAME = 'purrceptron-training';

/**
 * How long a training waits for the lock, in milliseconds. The browser releases the lock of a worker
 * that was terminated, or of a tab that was closed, only some time after its end.
 */
const TIMEOUT_MS = 3_000;

/**
 * Runs a training under a Web Lock, so that only one runs in all tabs: two would overwrite each
 * other's checkpoints. The browser releases the lock when a tab is closed.
 *
 * @throws Problem `busy` if another training runs
 */
export async function withTrainingLock<Result>(train: () => Promise<Result>): Promise<Result> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let isGranted = false;
  try {
    return await navigator.locks.request(LOCK_NAME, { signal: timeout }, () => {
      isGranted = true;
      return train();
    });
  } catch (thrown) {
    if (isGranted || !timeout.aborted) throw thrown;
    throw new Problem('busy', msg('A training is already running, here or in another tab.'));
  }
}

/** Whether a training runs in any tab, or the lock of one that ended is not released yet. */
export async function isTrainingSomewhere(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name, mode }) => name === LOCK_NAME && mode === 'exclusive');
}

/** Resolves when no training runs in any tab. */
export async function whenNoTraining(): Promise<void> {
  // A shared lock that is released at once delays a training only for a moment.
  await navigator.locks.request(LOCK_NAME, { mode: 'shared' }, () => undefined);
}
