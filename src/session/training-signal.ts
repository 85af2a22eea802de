import { haptic } from '../platform/haptics.ts';
import type { TrainingRun } from './training-run.ts';

/**
 * Says that a training has ended to who is not looking at it: in sight the phone is felt, and while the
 * app is hidden its icon has a badge until the app is seen. Without either in this browser, nothing happens.
 *
 * @returns the way to end it
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
  // One that was left when the system closed the app.
  onVisible();
  return () => {
    run.removeEventListener('change', onRun);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

function badge(action: 'setAppBadge' | 'clearAppBadge'): void {
  if (!(action in navigator)) return;
  // Refused where the app is not installed, or may not notify.
  navigator[action]().catch(() => undefined);
}
