import type { LearningClient } from '../learning/api/learning-client.ts';
import type { Updates } from './updates.ts';

/** Retries what failed without a network as soon as the browser fires `online`. */
export function retryWhenOnline(updates: Updates, learning: LearningClient): void {
  window.addEventListener('online', () => {
    void updates.retry();
    const { phase, problem } = learning.status;
    // A failure is reported in the status of the engine.
    if (phase === 'failed' && problem?.kind === 'base') learning.start().catch(() => undefined);
  });
}
