import * as Comlink from 'comlink';
import workerUrl from 'worker-url:../worker/export-worker.ts';
import { msg } from '../../i18n/msg.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import { Problem } from '../../platform/problem.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';
import type { ExportedModel, ExportFormat, ExportOffer } from '../../records/export.ts';
import type { PackedModel } from '../../records/phone-model.ts';
import type { ExportService } from './export-service.ts';
import './problem-transfer.ts';
import { withReports } from './with-reports.ts';

/**
 * Exports one model, in a worker of its own that holds the model until `close`: this frees the
 * memory, and stops even a running computation.
 */
export class ModelExport {
  readonly #worker: Worker;
  readonly #service: Comlink.Remote<ExportService>;
  /** Rejects when the worker ends. */
  readonly #ended: Promise<never>;
  #end!: (problem: Problem) => void;

  constructor() {
    this.#ended = new Promise((_resolve, reject) => {
      this.#end = reject;
    });
    this.#ended.catch(() => undefined);
    this.#worker = new Worker(trustedScriptUrl(workerUrl), {
      type: 'module',
      name: workerName('export'),
    });
    this.#service = Comlink.wrap<ExportService>(this.#worker);
    this.#worker.addEventListener('error', ({ message }) => {
      const sentence = msg('The export was too much for this device.');
      this.#end(new Problem('worker', sentence, { cause: message }));
    });
  }

  /** See ExportService.open. @throws Problem */
  open(modelId: string, basesUrl: string): Promise<ExportOffer[]> {
    return this.#answer(this.#service.open(modelId, basesUrl));
  }

  /** See ExportService.export. @throws Problem */
  export(format: ExportFormat, onProgress: (fraction: number) => void): Promise<ExportedModel> {
    return withReports(onProgress, (report) => this.#answer(this.#service.export(format, report)));
  }

  /** See ExportService.pack. @throws Problem */
  pack(modelId: string, basesUrl: string): Promise<PackedModel> {
    return this.#answer(this.#service.pack(modelId, basesUrl));
  }

  /** Ends the worker; pending calls reject with Problem `cancelled`. */
  close(): void {
    this.#worker.terminate();
    this.#end(new Problem('cancelled', msg('Nothing was exported.')));
  }

  async #answer<Result>(call: Promise<Result>): Promise<Result> {
    try {
      return await Promise.race([call, this.#ended]);
    } catch (thrown) {
      throw Problem.from(thrown, msg('The model could not be exported.'));
    }
  }
}
