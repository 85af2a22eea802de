import * as Comlink from 'comlink';
import workerUrl from 'worker-url:../worker/base-worker.ts';
import { msg } from '../../i18n/msg.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import { Problem } from '../../platform/problem.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';
import type { BaseService } from './base-service.ts';
import './problem-transfer.ts';
import type { BaseSpec, BaseBackup } from '../../records/base-spec.ts';
import type {
  AddProgress,
  BaseAnswers,
  BaseInspection,
  BaseSource,
} from '../../records/base-inspection.ts';

export interface BaseControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AddProgress) => void;
}

/**
 * Adds and removes base models of the person's own. Each call has a worker of its own, which ends with
 * it: what a large model took of the memory is given back, and an abort ends even a computation.
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
  add(source: BaseSource, answers: BaseAnswers, control: BaseControl = {}): Promise<BaseSpec> {
    return this.#keep(control, (service, onProgress) =>
      service.add(absolute(source), answers, this.#basesUrl, onProgress),
    );
  }

  /** See BaseService.files. @throws Problem */
  files(id: string): Promise<ArrayBuffer[]> {
    return this.#call({}, (service) => service.files(id, this.#basesUrl));
  }

  /** See BaseService.restore. @throws Problem */
  restore(kept: BaseBackup, files: readonly File[], control: BaseControl = {}): Promise<BaseSpec> {
    return this.#keep(control, (service, onProgress) =>
      service.restore(kept, { files }, this.#basesUrl, onProgress),
    );
  }

  /** A call that keeps a base. */
  async #keep(
    control: BaseControl,
    ask: (
      service: Comlink.Remote<BaseService>,
      onProgress: (progress: AddProgress) => void,
    ) => Promise<BaseSpec>,
  ): Promise<BaseSpec> {
    try {
      return await this.#call(control, ask);
    } catch (thrown) {
      const { kind } = Problem.from(thrown);
      // Its worker was ended in the middle, and could not tidy up itself.
      if (kind === 'cancelled' || kind === 'worker') this.#sweep();
      throw thrown;
    }
  }

  /** See BaseService.remove. @throws Problem */
  remove(id: string): Promise<void> {
    return this.#call({}, (service) => service.remove(id, this.#basesUrl));
  }

  /** Nobody waits for it: what it does not get to, the engine does when it starts. */
  #sweep(): void {
    this.#call({}, (service) => service.sweep(this.#basesUrl)).catch((thrown: unknown) => {
      console.warn('What was left of a base model could not be deleted.', thrown);
    });
  }

  async #call<Result>(
    { signal, onProgress = () => undefined }: BaseControl,
    ask: (
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
    try {
      return await new Promise<Result>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
        worker.addEventListener('error', ({ message }) => {
          const sentence = msg(
            'The base model was too much for this device, or could not be read.',
          );
          reject(new Problem('worker', sentence, { cause: message }));
        });
        ask(Comlink.wrap<BaseService>(worker), Comlink.proxy(onProgress)).then(resolve, reject);
      });
    } catch (thrown) {
      throw Problem.from(thrown, msg('The base model could not be read.'));
    } finally {
      worker.terminate();
    }
  }
}

/** An address as the page means it: the worker stands in another folder. */
function absolute(source: BaseSource): BaseSource {
  if ('files' in source || !URL.canParse(source.url, document.baseURI)) return source;
  return { url: new URL(source.url, document.baseURI).href };
}
