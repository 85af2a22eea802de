import type { PhoneModelFacts, Precision } from '../../../records/phone-model.ts';

/** What a model file is called and known as. */
export const MODEL_FILE = {
  extension: 'purrceptron',
  type: 'application/x-purrceptron-model',
} as const;

/**
 * The same file as text, the texts of its QR codes one a line. Chrome shares no file of an extension
 * or a type that it does not know, see `IsDangerousFilename` in its
 * `browser/webshare/share_service_impl.cc`.
 */
export const MODEL_TEXT = { extension: `${MODEL_FILE.extension}.txt`, type: 'text/plain' } as const;

/** How a number of the kernel is written, the smallest first. */
export const PRECISIONS = ['int8', 'float16', 'float32'] as const satisfies readonly Precision[];

/** The largest numbers that a file may state; they bound what is read before anything is made. */
export const LIMITS = {
  headerBytes: 16_384,
  featureLength: 16_384,
  classes: 8,
  fileBytes: 16_384 * 8 * 4 + 32_768,
} as const;

/** A dense layer as plain numbers. */
export interface PhoneHead {
  /** `[featureLength, outputs]`, row-major; 1 output for two classes, otherwise one per class */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** `[outputs]` */
  readonly bias: Float32Array<ArrayBuffer>;
}

/**
 * A model as it goes to another phone: the head alone, because the other phone has the base. What
 * tells pictures unlike the training photos stays behind: it is made of their features.
 */
export interface PhoneModel extends PhoneModelFacts {
  readonly head: PhoneHead;
}

/** Whether these are variants of a picture that a model file can say. */
export function isPhoneVariants(
  variants: readonly string[],
): variants is PhoneModelFacts['askedVariants'] {
  return variants.length > 0 && variants.every((each) => each === 'plain' || each === 'flip');
}

/** Whether a file is a model file, or one as text, by its name. */
export function isModelFileName(name: string): boolean {
  const lower = name.toLowerCase();
  return [MODEL_FILE, MODEL_TEXT].some(({ extension }) => lower.endsWith(`.${extension}`));
}
