import type { ClassRecord } from '../record.ts';
import { importFiles, type ImportProgress, type ImportReport } from './import-files.ts';

/**
 * The import of this page load, one at a time. It belongs to no element, so that it goes on while
 * its sheet is closed or the person looks at other pages. A `change` event says that something
 * about it is new.
 */
export class ImportRun extends EventTarget {
  /** What the files are imported as. */
  label: ClassRecord | undefined;
  /** While it runs. */
  progress: ImportProgress | undefined;
  /** What the last import did, until it is forgotten. */
  report: ImportReport | undefined;
  readonly #importFiles: typeof importFiles;
  #stop: AbortController | undefined;

  constructor(run: typeof importFiles = importFiles) {
    super();
    this.#importFiles = run;
  }

  get running(): boolean {
    return this.#stop !== undefined;
  }

  /** Starts an import unless one is running. Resolves when it has ended, however it did. */
  async start(files: readonly File[], label: ClassRecord): Promise<void> {
    if (this.running) return;
    const stop = (this.#stop = new AbortController());
    this.label = label;
    this.report = undefined;
    this.report = await this.#importFiles(files, label.id, {
      signal: stop.signal,
      onProgress: (progress) => {
        this.progress = progress;
        this.#changed();
      },
    });
    this.progress = undefined;
    this.#stop = undefined;
    this.#changed();
  }

  /** Ends it before the next file; what is stored stays. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Once the person has seen the report. */
  forget(): void {
    this.report = undefined;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The page's one. */
export const importRun = new ImportRun();
