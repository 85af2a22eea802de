import { BaseClient } from '../../src/learning/api/base-client.ts';
import { ModelExport } from '../../src/learning/api/export-client.ts';
import type { LearningClient } from '../../src/learning/api/learning-client.ts';
import { toBase64 } from '../../src/platform/base64.ts';
import type { ExportFormat } from '../../src/records/export.ts';

/** Where startEngine finds its bases; own bases are kept beside them. */
export function ownBases(bases = 'bases/'): BaseClient {
  return new BaseClient(new URL(bases, document.baseURI).href);
}

/** Exports a stored model as the page does. */
export async function exportModel(modelId: string, format: ExportFormat, bases = 'bases/') {
  const exporting = new ModelExport();
  const progress: number[] = [];
  try {
    const offers = await exporting.open(modelId, new URL(bases, document.baseURI).href);
    const { name, bytes } = await exporting.export(format, (fraction) => progress.push(fraction));
    return { offers, progress, name, base64: await base64Of(new Blob([bytes])) };
  } finally {
    exporting.close();
  }
}

/**
 * Packs a stored model for another phone, and receives it here as another phone does.
 *
 * @param engine that of this page, which runs
 */
export async function sendAndReceive(engine: LearningClient, modelId: string, bases = 'bases/') {
  const packing = new ModelExport();
  try {
    const { file } = await packing.pack(modelId, new URL(bases, document.baseURI).href);
    const { readPhoneModel } = await import('../../src/models/formats/phone/read-phone-model.ts');
    const { receiveModel } = await import('../../src/session/receive-model.ts');
    const services = { bases: ownBases(bases), engine };
    const { model } = await receiveModel(await readPhoneModel(file.bytes), services);
    const { bytes, ...facts } = file;
    return { model: model!, size: bytes.length, ...facts };
  } finally {
    packing.close();
  }
}

/** For what a test takes out of the page: a list of numbers takes a hundred bytes of memory for each. */
export async function base64Of(blob: Blob): Promise<string> {
  return toBase64(new Uint8Array(await blob.arrayBuffer()));
}
