import { importRun, type ImportRun } from '../photos/import/import-run.ts';
import { trainingRun, type TrainingRun } from './training-run.ts';

/**
 * The work that a reload would destroy: while there is some, no new version is offered. A `change`
 * event says that `what` is another.
 */
class WorkUnderWay extends EventTarget {
  what: 'training' | 'import' | undefined;
  readonly #training: TrainingRun;
  readonly #importing: ImportRun;

  constructor(training: TrainingRun, importing: ImportRun) {
    super();
    this.#training = training;
    this.#importing = importing;
    training.addEventListener('change', this.#look);
    importing.addEventListener('change', this.#look);
  }

  readonly #look = () => {
    const training = this.#training.state === 'running';
    const what = training ? 'training' : this.#importing.running ? 'import' : undefined;
    if (what === this.what) return;
    this.what = what;
    this.dispatchEvent(new Event('change'));
  };
}

/** The page's one. */
export const workUnderWay = new WorkUnderWay(trainingRun, importRun);
