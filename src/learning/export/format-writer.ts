import type { BaseSpec } from '../../records/base-spec.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { AnswerPart } from '../../records/export.ts';
import type { ExportedFile } from '../../models/formats/exported-file.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';

/** What a model answers to one picture, as another program would read it. */
interface ReadAnswers {
  /** `[classes]` */
  readonly probabilities: ArrayLike<number>;
  readonly novelty?: number;
}

/** A model read from the files of an export. */
export interface ReadModel {
  readonly labels: readonly string[];
  /** @param pixels RGB, `[size, size, 3]`, 0 to 255 */
  answer(pixels: Uint8Array): ReadAnswers | Promise<ReadAnswers>;
  dispose(): void;
}

/** Facts that some formats carry besides the model. */
interface WriterFacts {
  readonly record: ModelRecord;
  readonly base: Pick<BaseSpec, 'name' | 'licence'>;
  readonly name: string;
  readonly appVersion: string;
  readonly createdAt: string;
  /** The model card and the golden vectors, which stand beside the files of the format. */
  readonly extras: readonly ExportedFile[];
}

/** A format: how a model is written in it, and how what was written is read again. */
export interface FormatWriter {
  /** Parts of the app's answer that it does not compute. */
  readonly omits: readonly AnswerPart[];
  /** Largest difference of a probability from the app's that is no fault. */
  readonly tolerance: number;
  /** How the files are opened: Markdown, for the model card. */
  readonly usage: string;
  /** Set if it is one file that holds the extras too, and not a zip archive. */
  readonly single?: { readonly type: string; readonly extension: string };
  /**
   * Whether the format can hold the model. Costs little.
   *
   * @throws UnsupportedLayerError
   */
  readonly expectSupported: (network: TrainedNetwork) => void;
  /** @throws UnsupportedLayerError */
  write(network: TrainedNetwork, facts: WriterFacts): Promise<ExportedFile[]>;
  /** Reads what `write` gave, and nothing else of the model. */
  read(files: readonly ExportedFile[], network: Pick<TrainedNetwork, 'labels'>): Promise<ReadModel>;
}
