import * as Comlink from 'comlink';
import workerUrl from 'worker-url:../worker/base-worker.ts';
import { msg } from '../../i18n/msg.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import { parseUrl } from '../../platform/parse-url.ts';
import { Problem } from '../../platform/problem.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';
import type { BaseService } from './base-service.ts';
import './problem-transfer.ts';
import type { BaseSpec, BaseBackup } from '../../records/base-spec.ts';
import type { BaseForHead, PhoneModelFacts } from '../../records/phone-model.ts';
import type {
  AddedBase,
  AddProgress,
  BaseAnswers,
  BaseInspection,
  BaseSource,
} from '../../records/base-inspection.ts';
import { withReports } from './with-reports.ts';

/**
 * Milliseconds without progress after which reading a file is given up. A damaged HDF5 file can make
 * its library search in circles.
 */
const MAX_SILENCE = 60_000;

/** How a page follows and cancels a call. */
export interface BaseControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AddProgress) => void;
}

/**
 * Adds and removes the user's own base models. Each call starts a worker and terminates it at the
 * end: this frees the memory that a large model took, and lets an abort stop even a running
 * computation.
 */
export class BaseClient {
  readonly #basesUrl: string;

  /** @param basesUrl address of the folder of bases, ending in a slash */
  constructor(basesUrl: string) {
    this.#basesUrl = basesUrl;
  }

  /** See BaseService.inspect. @throws Problem */
  inspect(source: BaseSource, control: BaseControl = {}): Promise<BaseInspection> {
    return this.#call(control, (service, onProgress) =>
      service.inspect(absolute(source), onProgress),
    );
  }

  /** See BaseService.add. @throws Problem */
  add(source: BaseSource, answers: BaseAnswers, control: BaseControl = {}): Promise<AddedBase> {
    return this.#store(control, (service, onProgress) =>
      service.add(absolute(source), answers, this.#basesUrl, onProgress),
    );
  }

  /** See BaseService.files. @throws Problem */
  files(id: string): Promise<ArrayBuffer[]> {
    return this.#call({}, (service) => service.files(id, this.#basesUrl));
  }

  /** See BaseService.forHead. @throws Problem */
  forHead(facts: Pick<PhoneModelFacts, 'base' | 'prior'>): Promise<BaseForHead> {
    return this.#call({}, (service) => service.forHead(facts, this.#basesUrl));
  }

  /** See BaseService.restore. @throws Problem */
  restore(
    backup: BaseBackup,
    files: readonly File[],
    control: BaseControl = {},
  ): Promise<BaseSpec> {
    return this.#store(control, (service, onProgress) =>
      service.restore(backup, { files }, this.#basesUrl, onProgress),
    );
  }

  /** Makes a call that stores a base. */
  async #store<Result>(
    control: BaseControl,
    callService: (
      service: Comlink.Remote<BaseService>,
      onProgress: (progress: AddProgress) => void,
    ) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#call(control, callService);
    } catch (thrown) {
      const { kind } = Problem.from(thrown);
      // The worker was terminated in the middle of the work and could not clean up.
      if (kind === 'cancelled' || kind === 'worker') this.#sweep();
      throw thrown;
    }
  }

  /** See BaseService.remove. @throws Problem */
  remove(id: string): Promise<void> {
    return this.#call({}, (service) => service.remove(id, this.#basesUrl));
  }

  /** Runs in the background. Whatever it does not delete, the engine deletes when it starts. */
  #sweep(): void {
    this.#call({}, (service) => service.sweep(this.#basesUrl)).catch((thrown: unknown) => {
      console.warn('Leftover files of a base model could not be deleted.', thrown);
    });
  }

  /** Makes one call in its own worker. */
  async #call<Result>(
    { signal, onProgress = () => undefined }: BaseControl,
    callService: (
      service: Comlink.Remote<BaseService>,
      onProgress: (progress: AddProgress) => void,
    ) => Promise<Result>,
  ): Promise<Result> {
    const cancelled = () => new Problem('cancelled', msg('Nothing was added.'));
    if (signal?.aborted) throw cancelled();
    const worker = new Worker(trustedScriptUrl(workerUrl), {
      type: 'module',
      name: workerName('base'),
    });
    let silence: ReturnType<typeof setTimeout> | undefined;
    try {
      return await new Promise<Result>((resolve, reject) => {
        const observe = (progress: AddProgress) => {
          clearTimeout(silence);
          onProgress(progress);
          // The later stages compute for long without a word.
          if (progress.stage === 'reading') silence = setTimeout(giveUp, MAX_SILENCE);
        };
        const giveUp = () => {
          reject(new Problem('base', msg('The file could not be read: it is damaged.')));
        };
        signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
        worker.addEventListener('error', ({ message }) => {
          const sentence = msg(
            'The base model was too much for this device, or could not be read.',
          );
          reject(new Problem('worker', sentence, { cause: message }));
        });
        withReports(observe, (report) =>
          callService(Comlink.wrap<BaseService>(worker), report),
        ).then(resolve, reject);
      });
    } catch (thrown) {
      throw Problem.from(thrown, msg('The base model could not be read.'));
    } finally {
      clearTimeout(silence);
      worker.terminate();
    }
  }
}

/** Resolves an address against the page: the worker's script is in another folder. */
function absolute(source: BaseSource): BaseSource {
  if ('files' in source) return source;
  const url = parseUrl(source.url, document.baseURI);
  return url ? { url: url.href } : source;
}
