import type { BaseSpec, BaseBackup } from '../../records/base-spec.ts';
import type { BaseForHead, PhoneModelFacts } from '../../records/phone-model.ts';
import type {
  AddedBase,
  BaseSource,
  AddProgress,
  BaseInspection,
  BaseAnswers,
} from '../../records/base-inspection.ts';

/**
 * The calls from a page to the worker that adds base models. The worker has its own instance of
 * TensorFlow.js, separate from the engine's backend and memory. Every rejection reaches the page as
 * a `Problem`.
 */
export interface BaseService {
  /**
   * Reads a whole model, builds it and reports what it is. Stores nothing.
   *
   * @throws Problem `base` when the model cannot be a base, `base-origin` for an address on another
   *   server, which the page's Content Security Policy forbids
   */
  inspect(source: BaseSource, onProgress: (progress: AddProgress) => void): Promise<BaseInspection>;

  /**
   * Reads a model again, computes its golden features, checks that the app's own network gives the
   * same ones, and stores the model.
   *
   * @param basesUrl address of the folder of bases, ending in a slash
   * @throws Problem as `inspect`; `self-test` when the app's network would compute other features
   *   than the model; `quota`. Nothing is stored then.
   */
  add(
    source: BaseSource,
    answers: BaseAnswers,
    basesUrl: string,
    onProgress: (progress: AddProgress) => void,
  ): Promise<AddedBase>;

  /**
   * The files of a base that the user added, in the order of its spec.
   *
   * @throws Problem `base` when a file is damaged or missing
   */
  files(id: string, basesUrl: string): Promise<ArrayBuffer[]>;

  /**
   * Checks a base from a backup as `add` does, and stores it. It must compute the same features as
   * when it was added.
   *
   * @throws Problem as `add`; nothing is stored then
   */
  restore(
    backup: BaseBackup,
    source: BaseSource,
    basesUrl: string,
    onProgress: (progress: AddProgress) => void,
  ): Promise<BaseSpec>;

  /**
   * The base that a head from another phone needs, and the weights of its prior.
   *
   * @throws Problem `base-missing` in words that say which base to fetch, when it is not here
   */
  forHead(facts: Pick<PhoneModelFacts, 'base' | 'prior'>, basesUrl: string): Promise<BaseForHead>;

  /** Deletes a base that the user added; if it was the chosen base, the default one is chosen. */
  remove(id: string, basesUrl: string): Promise<void>;

  /** Deletes files that a terminated call left in the cache. */
  sweep(basesUrl: string): Promise<void>;
}
