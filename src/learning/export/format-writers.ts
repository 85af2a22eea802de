import type { ExportFormat } from '../../records/export.ts';
import type { FormatWriter } from './format-writer.ts';

/** Every format, in the order in which it is offered; the code of each comes when it is needed. */
export const WRITERS: Readonly<Record<ExportFormat, () => Promise<FormatWriter>>> = {
  'web-page': async () => (await import('./web-page-writer.ts')).webPage,
  tflite: async () => (await import('./tflite-writer.ts')).tflite,
  'teachable-machine': async () => (await import('./layers-model-writer.ts')).teachableMachine,
  tfjs: async () => (await import('./layers-model-writer.ts')).layersModel,
  keras: async () => (await import('./keras-writer.ts')).keras,
  onnx: async () => (await import('./onnx-writer.ts')).onnx,
};
