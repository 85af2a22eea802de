import { haptic } from '../platform/haptics.ts';
import type { TrainingRun } from './training-run.ts';

/**
 * Notifies the user of the end of a training: the phone vibrates, and if the app is hidden, its
 * icon has a badge until the app is visible again. Browsers that lack these features do nothing.
 *
 * @returns a function that stops it
 */
export function signalTrainings(run: TrainingRun): () => void {
  let { state } = run;
  const onRun = () => {
    const hasEnded = state === 'running' && (run.state === 'done' || run.state === 'failed');
    ({ state } = run);
    if (!hasEnded) return;
    haptic('done');
    if (document.hidden) badge('setAppBadge');
  };
  const onVisible = () => {
    if (!document.hidden) badge('clearAppBadge');
  };
  run.addEventListener('change', onRun);
  document.addEventListener('visibilitychange', onVisible);
  // Clears a badge that was left when the system closed the app.
  onVisible();
  return () => {
    run.removeEventListener('change', onRun);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

function badge(action: 'setAppBadge' | 'clearAppBadge'): void {
  if (!(action in navigator)) return;
  // Rejects if the app is not installed or has no permission for notifications.
  navigator[action]().catch(() => undefined);
}
