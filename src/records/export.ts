/** A format that trained models are exported to. */
export type ExportFormat = 'web-page' | 'tflite' | 'teachable-machine' | 'tfjs' | 'keras' | 'onnx';

/** A part of the app's answer. */
export type AnswerPart = 'mirror' | 'not-sure';

/** What a format can hold of one model. */
export interface ExportOffer {
  readonly format: ExportFormat;
  /** Why the format cannot hold the model, in words for the user; absent if it can. */
  readonly hindrance?: string;
  /** Parts of the model's answers that the format does not compute. */
  readonly omits: readonly AnswerPart[];
}

/** A finished export, which has been read again and checked. */
export interface ExportedModel {
  readonly format: ExportFormat;
  /** Name of the file, such as `Model-3-onnx.zip`. */
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: ArrayBuffer;
  /** Largest difference of a probability from the app's own, over the golden pictures. */
  readonly difference: number;
}
