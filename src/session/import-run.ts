import type { SquareCrop } from '../image/square.ts';
import type { PhotoSource } from '../records/photo.ts';
import type { RefusedFile } from '../photos/import/found-picture.ts';
import {
  importFiles,
  type ImportProgress,
  type ImportReport,
  type WidePhoto,
} from '../photos/import/import-files.ts';
import type { Labelling } from '../photos/import/label-pictures.ts';
import type { ClassRecord } from '../records/class.ts';

/** What one import is about. */
export interface ImportBatch extends Labelling {
  readonly source: PhotoSource;
  /** What was refused before a picture was read, such as an archive. */
  readonly refused: readonly RefusedFile[];
  /** Called at the end, unless pictures were left untried. */
  readonly whenAllTried?: (() => Promise<void>) | undefined;
}

/**
 * The import of this page load, one at a time. It belongs to no element, so that it goes on while
 * its sheet is closed or the person looks at other pages. A `change` event says that something
 * about it is new.
 */
export class ImportRun extends EventTarget {
  /** What the pictures are imported as. */
  labels: readonly ClassRecord[] = [];
  /** Those of the labels that did not exist before: Undo takes them back too. */
  created: readonly ClassRecord[] = [];
  /** While it runs. */
  progress: ImportProgress | undefined;
  /** What the last import did, until it is forgotten. */
  report: ImportReport | undefined;
  /** Photos of the last import whose square can be another, for as long as the page is open. */
  wide: readonly WidePhoto[] = [];
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
  async start({ pictures, source, ...batch }: ImportBatch): Promise<void> {
    if (this.running) return;
    const stop = (this.#stop = new AbortController());
    this.labels = batch.labels;
    this.created = batch.created;
    this.report = undefined;
    this.wide = [];
    const report = await this.#importFiles(pictures, {
      signal: stop.signal,
      source,
      onProgress: (progress) => {
        this.progress = progress;
        this.#changed();
      },
    });
    // What cannot be cleared away now is there to be cleared away at the next visit.
    if (report.notTried === 0) await batch.whenAllTried?.().catch(() => undefined);
    this.report = {
      ...report,
      total: report.total + batch.refused.length,
      refused: [...batch.refused, ...report.refused],
    };
    this.wide = report.wide;
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

  /** Its photos were taken out again. */
  undone(): void {
    this.wide = [];
    this.#changed();
  }

  /** One of its photos has another square now, and so another id. */
  adjusted(photoId: string, newId: string, crop: SquareCrop): void {
    this.wide = this.wide.map((one) =>
      one.photoId === photoId ? { ...one, photoId: newId, crop } : one,
    );
    if (this.report) {
      const photoIds = this.report.photoIds.map((id) => (id === photoId ? newId : id));
      this.report = { ...this.report, photoIds };
    }
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The page's one. */
export const importRun = new ImportRun();
