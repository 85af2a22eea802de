import { Problem } from '../platform/problem.ts';
import { RunControl } from '../platform/run-control.ts';
import type { TemporaryFile } from '../platform/temporary-files.ts';
import { storageProblem } from '../storage/storage-problem.ts';
import type { WriteReport } from '../photos/export/write-photos.ts';
import type { WriteProgress } from '../platform/write-zip.ts';
import type { ExportFormat } from '../photos/export/export-library.ts';
import { workUnderWay } from './work-under-way.ts';

/** What an export of photos is doing, or how it ended. */
export type ExportState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'writing';
      readonly progress: WriteProgress | undefined;
      readonly paused: boolean;
    }
  | { readonly kind: 'written'; readonly file: File; readonly report: WriteReport }
  | { readonly kind: 'failed'; readonly problem: Problem };

/**
 * The export of photos of this page, one at a time. It belongs to no element, so it continues when
 * the dialog is closed. A `change` event is fired when `state` changes. The code that writes is
 * loaded lazily.
 */
class PhotoExportRun extends EventTarget {
  state: ExportState = { kind: 'idle' };
  #control: RunControl | undefined;
  /** The file of `state.file`; it stays until the next export, as the browser may still read it. */
  #written: TemporaryFile | undefined;

  get running(): boolean {
    return this.#control !== undefined;
  }

  /**
   * Writes photos to a temporary file. Never rejects: see `state`. A run that is cancelled or fails
   * leaves no file.
   *
   * @param chosen ids of the photos
   */
  async write(format: ExportFormat, chosen: ReadonlySet<string>): Promise<void> {
    if (this.running) return;
    let progress: WriteProgress | undefined;
    const control = new RunControl({
      // Often enough for the page to answer a finger, seldom enough to cost nothing.
      sliceMs: 30,
      onPause: (paused) => this.#setState({ kind: 'writing', progress, paused }),
    });
    this.#control = control;
    this.#setState({ kind: 'writing', progress, paused: false });
    let end: ExportState;
    try {
      const { exportLibrary } = await import('../photos/export/export-library.ts');
      await this.#forgetWritten();
      const { file, temporary, report } = await exportLibrary(format, {
        control,
        chosen,
        onProgress: (now) => {
          progress = now;
          this.#setState({ kind: 'writing', progress, paused: false });
        },
      });
      this.#written = temporary;
      end = { kind: 'written', file, report };
    } catch (thrown) {
      end = control.signal.aborted
        ? { kind: 'idle' }
        : { kind: 'failed', problem: storageProblem(thrown) };
    }
    this.#control = undefined;
    this.#setState(end);
  }

  pause(): void {
    this.#control?.pause();
  }

  resume(): void {
    this.#control?.resume();
  }

  cancel(): void {
    this.#control?.cancel();
  }

  /** Clears the result. */
  dismiss(): void {
    if (!this.running) this.#setState({ kind: 'idle' });
  }

  async #forgetWritten(): Promise<void> {
    await this.#written?.remove();
    this.#written = undefined;
  }

  #setState(state: ExportState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const photoExportRun = new PhotoExportRun();
workUnderWay.watch('export', photoExportRun);
