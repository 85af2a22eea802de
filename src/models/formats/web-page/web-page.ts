import type { Language } from '../../../i18n/languages.ts';
import type { PageTexts } from './page-texts.ts';

/** What an exported page tells about its model. */
export interface PageFacts {
  readonly name: string;
  /** As `ModelClass.palette`, in the order of the classes. */
  readonly palette: readonly number[];
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** Number of training photos; absent if the model was trained elsewhere. */
  readonly photos?: number;
  /** Absent if it was not tested. */
  readonly test?: {
    readonly count: number;
    readonly correct: number;
    /** 95 % confidence interval of the accuracy, 0 to 1. */
    readonly interval: { readonly low: number; readonly high: number };
  };
  readonly base: { readonly name: string; readonly licence: string };
  /** Version of the app that wrote it. */
  readonly appVersion: string;
  /** The language of the app, for a browser that prefers none of the languages. */
  readonly language: Language['code'];
  readonly texts: Readonly<Partial<Record<Language['code'], PageTexts>>>;
}

/** The ids of the elements in which a page keeps its data. */
export const BLOCKS = {
  /** JSON: `PageFacts`. */
  facts: 'facts',
  /** JSON of a `PackedProgram`. */
  program: 'program',
  /** Base64 of a `PackedProgram`'s bytes. */
  weights: 'weights',
  /** JSON: the other files of an export by path; text, or a `data:` address. */
  files: 'files',
} as const;

/** The parts of a page that the build makes. */
export interface PageParts {
  readonly markup: string;
  readonly style: string;
  readonly script: string;
}
