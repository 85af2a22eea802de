import { backupRun } from './backup-run.ts';
import { importRun } from './import-run.ts';
import { trainingRun } from './training-run.ts';

type Work = 'training' | 'import' | 'backup' | 'export';

/** Fires a `change` event when `running` changes. */
interface Run extends EventTarget {
  readonly running: boolean;
}

/**
 * The work that a reload would destroy; while it is running, no new version is offered. A `change`
 * event is fired when `what` changes.
 */
class WorkUnderWay extends EventTarget {
  what: Work | undefined;
  readonly #runs = new Map<Work, Run>();

  /** Adds a run; one whose code is loaded later adds itself. */
  watch(work: Work, run: Run): void {
    this.#runs.set(work, run);
    run.addEventListener('change', () => this.#check());
  }

  #check(): void {
    const what = [...this.#runs].find(([, run]) => run.running)?.[0];
    if (what === this.what) return;
    this.what = what;
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const workUnderWay = new WorkUnderWay();
workUnderWay.watch('training', trainingRun);
workUnderWay.watch('import', importRun);
workUnderWay.watch('backup', backupRun);
