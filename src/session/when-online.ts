import type { LearningClient } from '../learning/api/learning-client.ts';
import type { Updates } from './updates.ts';

/** Tries again what failed for want of a network, as soon as the phone says that there is one. */
export function retryWhenOnline(updates: Updates, learning: LearningClient): void {
  window.addEventListener('online', () => {
    void updates.retry();
    const { phase, problem } = learning.status;
    // A failure stands in the engine's status.
    if (phase === 'failed' && problem?.kind === 'base') learning.start().catch(() => undefined);
  });
}
