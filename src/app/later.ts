import type { nothing, TemplateResult } from 'lit';
import { Problem } from '../platform/problem.ts';
import { askToKeepPhotos } from '../session/keep-photos.ts';
import { learning } from '../session/learning.ts';
import { takeOpenedFiles } from '../session/opened-files.ts';
import type { Route } from '../session/routes.ts';
import { tellVisibility } from '../session/tell-visibility.ts';
import { signalTrainings } from '../session/training-signal.ts';
import { trainingRun } from '../session/training-run.ts';
import { updates } from '../session/updates.ts';
import { retryWhenOnline } from '../session/when-online.ts';
import { notify } from '../ui/notice.ts';
import { Banners } from './banners.ts';
import './drop-target.ts';

/** What the shell loads after its first page, because that does not need it. */
export interface Later {
  /** The banner above the page at `route`. */
  readonly banner: (route: Route) => TemplateResult | typeof nothing;
  readonly stop: () => void;
}

/** @param onBanner called when there is another banner */
export function startLater(onBanner: () => void): Later {
  retryWhenOnline(updates, learning);
  takeOpenedFiles((thrown) => {
    notify(window, { text: Problem.from(thrown).message, tone: 'wrong' });
  });
  const banners = new Banners(onBanner);
  const stops = [
    askToKeepPhotos(),
    signalTrainings(trainingRun),
    tellVisibility(learning),
    banners.start(),
  ];
  return {
    banner: (route) => banners.render(route),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
