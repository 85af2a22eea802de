import { ModelExport } from '../learning/api/export-client.ts';
import { MODEL_FILE } from '../models/formats/phone/phone-model.ts';
import { Problem } from '../platform/problem.ts';
import type { PackedModel } from '../records/phone-model.ts';

/** What sending is doing, or how it ended. */
export type SendState =
  | { readonly kind: 'packing' }
  | { readonly kind: 'ready'; readonly packed: PackedModel; readonly file: File }
  | { readonly kind: 'failed'; readonly problem: Problem };

/**
 * A model that is packed for another phone. A `change` event is fired when `state` changes. It holds a
 * worker until `close`.
 */
export class ModelSendRun extends EventTarget {
  state: SendState = { kind: 'packing' };
  readonly #worker = new ModelExport();
  #isClosed = false;

  constructor(modelId: string) {
    super();
    void this.#pack(modelId);
  }

  /** Ends the worker. */
  close(): void {
    this.#isClosed = true;
    this.#worker.close();
  }

  async #pack(modelId: string): Promise<void> {
    const basesUrl = new URL('bases/', document.baseURI).href;
    try {
      const packed = await this.#worker.pack(modelId, basesUrl);
      const file = new File([packed.bytes], packed.name, { type: MODEL_FILE.type });
      this.state = { kind: 'ready', packed, file };
    } catch (thrown) {
      this.state = { kind: 'failed', problem: Problem.from(thrown) };
    }
    if (!this.#isClosed) this.dispatchEvent(new Event('change'));
  }
}
