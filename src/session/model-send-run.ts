import { ModelExport } from '../learning/api/export-client.ts';
import {
  codesOf,
  MOST_CODES,
  MOST_SHOWN_CODES,
  toCodes,
} from '../models/formats/phone/model-codes.ts';
import { MODEL_FILE, MODEL_TEXT } from '../models/formats/phone/phone-model.ts';
import { Problem } from '../platform/problem.ts';
import type { PackedModel } from '../records/phone-model.ts';

/** What is sent to another phone. */
export interface Parcel {
  readonly packed: PackedModel;
  readonly file: File;
  /** The file as text, for a share sheet; undefined if it is too large for it. */
  readonly text: File | undefined;
  /** The texts of its QR codes; undefined if they were too many to show. */
  readonly codes: readonly string[] | undefined;
}

/** What sending is doing, or how it ended. */
export type SendState =
  | { readonly kind: 'packing' }
  | ({ readonly kind: 'ready' } & Parcel)
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
      this.state = { kind: 'ready', ...(await parcel(packed)) };
    } catch (thrown) {
      this.state = { kind: 'failed', problem: Problem.from(thrown) };
    }
    if (!this.#isClosed) this.dispatchEvent(new Event('change'));
  }
}

async function parcel(packed: PackedModel): Promise<Parcel> {
  const { name, file, picture } = packed;
  const codes = async (bytes: Uint8Array<ArrayBuffer>, most: number) =>
    codesOf(bytes.length) > most ? undefined : toCodes(bytes);
  const lines = await codes(file.bytes, MOST_CODES);
  const textName = name.slice(0, -MODEL_FILE.extension.length) + MODEL_TEXT.extension;
  return {
    packed,
    file: new File([file.bytes], name, { type: MODEL_FILE.type }),
    text: lines && new File([lines.join('\n')], textName, { type: MODEL_TEXT.type }),
    codes: await codes(picture.bytes, MOST_SHOWN_CODES),
  };
}
