import type { BaseSpec, BaseBackup } from '../../records/base-spec.ts';
import type {
  BaseSource,
  AddProgress,
  BaseInspection,
  BaseAnswers,
} from '../../records/base-inspection.ts';

/** The interface between the pages and the worker that adds base models. Types only. */

/**
 * What the worker does for a page. It has a TensorFlow.js of its own, so that nothing of it touches the
 * engine's backend or memory. Every rejection is a `ProblemData`.
 */
export interface BaseService {
  /**
   * Reads a model whole, builds it and says what it is; keeps nothing.
   *
   * @throws Problem `base` when it is no model that can be a base, `base-origin` for an address of
   *   another server, which the page's policy forbids
   */
  inspect(source: BaseSource, onProgress: (progress: AddProgress) => void): Promise<BaseInspection>;

  /**
   * Reads a model again, computes its golden features, checks that the app's own network gives them,
   * and keeps it.
   *
   * @param basesUrl address of the folder of bases, ending in a slash
   * @throws Problem as `inspect`, `self-test` when the app would compute other features than the
   *   model does, `quota`; nothing is kept then
   */
  add(
    source: BaseSource,
    answers: BaseAnswers,
    basesUrl: string,
    onProgress: (progress: AddProgress) => void,
  ): Promise<BaseSpec>;

  /**
   * The files of a base that was added, in the order of its spec.
   *
   * @throws Problem `base` when one of them is damaged or gone
   */
  files(id: string, basesUrl: string): Promise<ArrayBuffer[]>;

  /**
   * Keeps a base out of a backup, having checked it as `add` does; what it computes must be what it
   * computed when it was added.
   *
   * @throws Problem as `add`; nothing is kept then
   */
  restore(
    kept: BaseBackup,
    source: BaseSource,
    basesUrl: string,
    onProgress: (progress: AddProgress) => void,
  ): Promise<BaseSpec>;

  /** Forgets a base that was added, and that it was chosen. */
  remove(id: string, basesUrl: string): Promise<void>;

  /** Deletes what a call that was ended in the middle has left. */
  sweep(basesUrl: string): Promise<void>;
}
