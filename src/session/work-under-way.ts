import { backupRun, type BackupRun } from './backup-run.ts';
import { importRun, type ImportRun } from './import-run.ts';
import { trainingRun, type TrainingRun } from './training-run.ts';

/**
 * The work that a reload would destroy; while it is running, no new version is offered. A `change`
 * event is fired when `what` changes.
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
    training.addEventListener('change', this.#check);
    importing.addEventListener('change', this.#check);
    backup.addEventListener('change', this.#check);
  }

  readonly #check = () => {
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

/** The instance of this page. */
export const workUnderWay = new WorkUnderWay(trainingRun, importRun, backupRun);
