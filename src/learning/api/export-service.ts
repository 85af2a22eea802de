import type { ExportedModel, ExportFormat, ExportOffer } from '../../records/export.ts';
import type { PackedModel } from '../../records/phone-model.ts';

/**
 * The calls from a page to the worker that exports one model. The worker has its own instance of
 * TensorFlow.js. Every rejection reaches the page as a `Problem`.
 */
export interface ExportService {
  /**
   * Reads a stored model and its base, and tells which formats can hold it.
   *
   * @param basesUrl address of the folder of bases, ending in a slash
   * @throws Problem `no-model`, `damaged`; `base` when the base is not there or lists no layers
   */
  open(modelId: string, basesUrl: string): Promise<ExportOffer[]>;

  /**
   * Writes the open model in a format, reads it again and compares its answers with the app's.
   *
   * @param onProgress reports the fraction that is done, 0 to 1
   * @throws Problem `export` when the format cannot hold the model, `self-test` when what was
   *   written answers differently
   */
  export(format: ExportFormat, onProgress: (fraction: number) => void): Promise<ExportedModel>;

  /**
   * Writes a stored model as a file for another phone, which has the same base. It need not be open.
   *
   * @param basesUrl address of the folder of bases, ending in a slash
   * @throws Problem `no-model`, `damaged`, `base`, `base-missing`; `fine-tuned` when it has layers of
   *   its own besides its head
   */
  pack(modelId: string, basesUrl: string): Promise<PackedModel>;
}
