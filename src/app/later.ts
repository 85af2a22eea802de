import { askToKeepPhotos } from '../session/keep-photos.ts';
import { learning } from '../session/learning.ts';
import { tellVisibility } from '../session/tell-visibility.ts';
import { signalTrainings } from '../session/training-signal.ts';
import { trainingRun } from '../session/training-run.ts';
import { updates } from '../session/updates.ts';
import { retryWhenOnline } from '../session/when-online.ts';
import './drop-target.ts';

/**
 * What the shell loads after its first page, because that does not need it.
 *
 * @returns a function that stops it
 */
export function startLater(): () => void {
  retryWhenOnline(updates, learning);
  const stops = [askToKeepPhotos(), signalTrainings(trainingRun), tellVisibility(learning)];
  return () => {
    for (const stop of stops) stop();
  };
}
