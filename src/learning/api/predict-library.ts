import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { LibraryPredictions } from '../../records/classification.ts';
import type { CallId } from '../../records/engine.ts';
import type { EngineWorker } from './engine-worker.ts';
import { withReports } from './with-reports.ts';

/** How a page follows and cancels a prediction of the whole library. */
export interface PredictControl {
  readonly signal?: AbortSignal;
  /** See LearningService.predictLibrary. */
  readonly onProgress?: (fraction: number) => void;
}

/** See LearningService.predictLibrary. @throws Problem */
export async function predictLibrary(
  engine: EngineWorker,
  call: CallId,
  { signal, onProgress }: PredictControl,
): Promise<LibraryPredictions> {
  const cancel = () => void engine.service.cancel(call);
  if (signal?.aborted) {
    throw new Problem('cancelled', msg('The check of the photos was cancelled.'));
  }
  signal?.addEventListener('abort', cancel);
  try {
    return await withReports(onProgress, (report) =>
      engine.answer(engine.service.predictLibrary(call, report)),
    );
  } catch (thrown) {
    throw Problem.from(thrown, msg('The photos could not be checked.'));
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}
