import type { PictureSquare } from '../image/square.ts';
import type { PhotoSource } from '../records/photo.ts';
import type { Elsewhere, RefusedFile } from '../photos/import/found-picture.ts';
import type {
  ImportProgress,
  ImportReport,
  WidePhoto,
  importFiles,
} from '../photos/import/import-files.ts';
import type { Labelling } from '../photos/import/label-pictures.ts';
import { Problem } from '../platform/problem.ts';
import { RecentRate } from '../platform/recent-rate.ts';
import { Throttle } from '../platform/throttle.ts';
import type { ClassRecord } from '../records/class.ts';

/** The input of one import. */
export interface ImportBatch extends Labelling {
  readonly source: PhotoSource;
  /** Files that were refused before the import, such as an archive. */
  readonly refused: readonly RefusedFile[];
  /** Number of files that are no pictures. */
  readonly passedOver: number;
  /** What was chosen and belongs elsewhere, such as a backup. */
  readonly elsewhere: readonly Elsewhere[];
  /** See ImportOptions. */
  readonly framesPerFilm?: number;
  /** Called after an import that tried every picture. */
  readonly whenAllTried?: (() => Promise<void>) | undefined;
}

/** The result of an import and of the search before it. */
export interface RunReport extends ImportReport {
  /** Number of files that are no pictures. They are in no other number. */
  readonly passedOver: number;
  /** What was chosen and belongs elsewhere. */
  readonly elsewhere: readonly Elsewhere[];
}

/** Interval between two events for the progress in milliseconds: each draws the bar again. */
const PROGRESS_EVERY_MS = 250;

/** The shell knows of an import, and only a person who imports needs its code. */
const loadAndImport: typeof importFiles = async (files, options) => {
  const [{ importFiles }, { squareFinder }, { learning }] = await Promise.all([
    import('../photos/import/import-files.ts'),
    import('../learning/api/square-finder.ts'),
    import('./learning.ts'),
  ]);
  const findSquare = await squareFinder(learning);
  return importFiles(files, { ...options, ...(findSquare && { findSquare }) });
};

/**
 * The import of this page, one at a time. It belongs to no element, so it continues while its
 * dialog is closed or the user visits other pages. A `change` event is fired when a property
 * changes.
 */
export class ImportRun extends EventTarget {
  /** The classes that the pictures are imported as. */
  labels: readonly ClassRecord[] = [];
  /** Undefined while no import is running. */
  progress: ImportProgress | undefined;
  /** The result of the last import, until it is dismissed. */
  report: RunReport | undefined;
  /** Photos of the last import whose square can still be adjusted, as long as the page is open. */
  wide: readonly WidePhoto[] = [];
  readonly #importFiles: typeof importFiles;
  #stop: AbortController | undefined;
  /** While the import is paused: settled when it continues. */
  #pause: Promise<void> | undefined;
  #endPause: (() => void) | undefined;
  /** When the import started or was continued, on the clock of `performance.now()`. */
  #resumedAt = 0;
  /** Milliseconds of work before that. */
  #workedBefore = 0;
  #rate = new RecentRate();

  /** @param run replaces `importFiles` in tests */
  constructor(run: typeof importFiles = loadAndImport) {
    super();
    this.#importFiles = run;
  }

  get running(): boolean {
    return this.#stop !== undefined;
  }

  get paused(): boolean {
    return this.#pause !== undefined;
  }

  /** Recent photos per second, without the time of pauses; undefined before the first one. */
  get perSecond(): number | undefined {
    return this.#rate.perSecond(this.#worked, this.progress?.done ?? 0);
  }

  /** Starts an import unless one is running. Resolves when it has ended; see `report`. */
  async start({ pictures, source, framesPerFilm, ...batch }: ImportBatch): Promise<void> {
    if (this.running) return;
    const stop = (this.#stop = new AbortController());
    const progressed = new Throttle(
      () => this.#changed(),
      (then) => setTimeout(then, PROGRESS_EVERY_MS),
    );
    this.#resumedAt = performance.now();
    this.#workedBefore = 0;
    this.#rate = new RecentRate();
    this.labels = batch.labels;
    this.report = undefined;
    this.wide = [];
    const report = await this.#importFiles(pictures, {
      signal: stop.signal,
      whenResumed: async () => {
        while (this.#pause) await this.#pause;
      },
      source,
      ...(framesPerFilm !== undefined && { framesPerFilm }),
      newClasses: batch.newClasses,
      replaced: batch.replaced,
      onProgress: (progress) => {
        this.progress = progress;
        this.#rate.note(this.#worked, progress.done);
        progressed.call();
      },
    }).catch((thrown: unknown) => nothingTried(pictures.length, Problem.from(thrown)));
    // If this fails, the files stay stored and the next visit offers them again.
    const isAllTaken = batch.elsewhere.every(({ kind }) => kind === 'nowhere');
    if (report.notTried === 0 && isAllTaken) await batch.whenAllTried?.().catch(() => undefined);
    this.report = {
      ...report,
      total: report.total + batch.refused.length,
      refused: [...batch.refused, ...report.refused],
      passedOver: batch.passedOver,
      elsewhere: batch.elsewhere,
    };
    this.wide = report.wide;
    this.progress = undefined;
    this.#stop = undefined;
    this.#leavePause();
    this.#changed();
  }

  /** Pauses the import before the next file or frame. */
  pause(): void {
    if (!this.running || this.paused) return;
    this.#workedBefore = this.#worked;
    this.#pause = new Promise((resolve) => (this.#endPause = resolve));
    this.#changed();
  }

  /** Continues after `pause`. */
  resume(): void {
    if (!this.paused) return;
    this.#resumedAt = performance.now();
    this.#leavePause();
    this.#changed();
  }

  /** Stops the import before the next file or frame, also while it is paused; stored photos stay. */
  stop(): void {
    this.#stop?.abort();
    this.#leavePause();
  }

  /** Milliseconds of work, without the time of pauses. */
  get #worked(): number {
    return this.#workedBefore + (this.paused ? 0 : performance.now() - this.#resumedAt);
  }

  #leavePause(): void {
    this.#endPause?.();
    this.#pause = undefined;
  }

  /** Clears the report. */
  dismiss(): void {
    this.report = undefined;
    this.#changed();
  }

  /** Call it after the photos of the import were deleted by Undo. */
  undone(): void {
    this.wide = [];
    this.#changed();
  }

  /** Call it after a photo of the import was replaced by another square, which has a new id. */
  adjusted(photoId: string, newId: string, square: PictureSquare): void {
    this.wide = this.wide.map((one) =>
      one.photoId === photoId ? { ...one, photoId: newId, square } : one,
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

/** The instance of this page. */
export const importRun = new ImportRun();

/** The report of an import whose code could not be loaded. */
function nothingTried(total: number, problem: Problem): ImportReport {
  const none = {
    added: 0,
    photoIds: [],
    created: [],
    replaced: new Map<string, ClassRecord>(),
    duplicates: 0,
    refused: [],
    incomplete: [],
    wide: [],
    moved: 0,
  };
  return { ...none, total, notTried: total, problem };
}
