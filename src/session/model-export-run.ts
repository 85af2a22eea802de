import { ModelExport } from '../learning/api/export-client.ts';
import { Problem } from '../platform/problem.ts';
import type { ExportedModel, ExportFormat, ExportOffer } from '../records/export.ts';

/** What an export is doing, or how it ended. */
export type ExportState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'choosing'; readonly offers: readonly ExportOffer[] }
  | { readonly kind: 'writing'; readonly format: ExportFormat; readonly progress: number }
  | { readonly kind: 'ready'; readonly exported: ExportedModel; readonly file: File }
  | { readonly kind: 'failed'; readonly problem: Problem };

/**
 * The export of one model. A `change` event is fired when `state` changes. It holds a worker until
 * `close`.
 */
export class ModelExportRun extends EventTarget {
  state: ExportState = { kind: 'opening' };
  readonly #modelId: string;
  #offers: readonly ExportOffer[] = [];
  #worker: ModelExport | undefined;

  constructor(modelId: string) {
    super();
    this.#modelId = modelId;
    void this.#open();
  }

  /** Writes the model in a format. Never rejects: see `state`. */
  async write(format: ExportFormat): Promise<void> {
    const worker = this.#worker;
    if (!worker || this.state.kind === 'writing') return;
    const onProgress = (progress: number) => {
      if (this.#worker === worker) this.#setState({ kind: 'writing', format, progress });
    };
    onProgress(0);
    try {
      const exported = await worker.export(format, onProgress);
      const { bytes, name, type } = exported;
      this.#setState({ kind: 'ready', exported, file: new File([bytes], name, { type }) });
    } catch (thrown) {
      this.#fail(worker, thrown);
    }
  }

  /** Goes back to the choice of a format. What is being written is given up. */
  choose(): void {
    if (this.state.kind === 'writing' || this.#offers.length === 0) {
      this.#worker?.close();
      void this.#open();
    } else this.#setState({ kind: 'choosing', offers: this.#offers });
  }

  /** Ends the worker. */
  close(): void {
    this.#worker?.close();
    this.#worker = undefined;
  }

  async #open(): Promise<void> {
    this.#setState({ kind: 'opening' });
    const worker = new ModelExport();
    this.#worker = worker;
    try {
      const basesUrl = new URL('bases/', document.baseURI).href;
      const offers = await worker.open(this.#modelId, basesUrl);
      this.#offers = offers;
      if (this.#worker === worker) this.#setState({ kind: 'choosing', offers });
    } catch (thrown) {
      this.#fail(worker, thrown);
    }
  }

  #fail(worker: ModelExport, thrown: unknown): void {
    // A worker that was given up has nothing to say any more.
    if (this.#worker === worker) this.#setState({ kind: 'failed', problem: Problem.from(thrown) });
  }

  #setState(state: ExportState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
