import { backupRun, type BackupRun } from './backup-run.ts';
import { importRun, type ImportRun } from './import-run.ts';
import { trainingRun, type TrainingRun } from './training-run.ts';

/**
 * The work that a reload would destroy: while there is some, no new version is offered. A `change`
 * event says that `what` is another.
 */
class WorkUnderWay extends EventTarget {
  what: 'training' | 'import' | 'backup' | undefined;
  readonly #training: TrainingRun;
  readonly #importing: ImportRun;

  readonly #backup: BackupRun;

  constructor(training: TrainingRun, importing: ImportRun, backup: BackupRun) {
    super();
    this.#training = training;
    this.#importing = importing;
    this.#backup = backup;
    training.addEventListener('change', this.#look);
    importing.addEventListener('change', this.#look);
    backup.addEventListener('change', this.#look);
  }

  readonly #look = () => {
    const what = this.#now();
    if (what === this.what) return;
    this.what = what;
    this.dispatchEvent(new Event('change'));
  };

  #now(): WorkUnderWay['what'] {
    if (this.#training.state === 'running') return 'training';
    if (this.#importing.running) return 'import';
    return this.#backup.running ? 'backup' : undefined;
  }
}

/** The page's one. */
export const workUnderWay = new WorkUnderWay(trainingRun, importRun, backupRun);
