import * as Comlink from 'comlink';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { EngineInfo, EngineOptions, EngineStatus } from '../../records/engine.ts';
import { takeWorker } from './learning-worker.ts';
import type { LearningService } from './learning-service.ts';
import './problem-transfer.ts';

/** One learning worker from its start to its end, and the calls that wait for its answer. */
export class EngineWorker {
  readonly service: Comlink.Remote<LearningService>;
  readonly #worker: Worker;
  /** Rejects each call that has no answer yet. */
  readonly #pending = new Set<(problem: Problem) => void>();
  #hasEnded = false;

  /** @param onCrash called when the worker fails outside any call */
  constructor(onCrash: (problem: Problem) => void) {
    this.#worker = takeWorker((message) => {
      if (this.#hasEnded) return;
      const sentence = msg('The learning engine stopped. Your photos and models are safe.');
      onCrash(new Problem('worker', sentence, { cause: message }));
    });
    this.service = Comlink.wrap<LearningService>(this.#worker);
  }

  /**
   * Starts the engine in the worker.
   *
   * @param onStatus called at once and after each change, until the worker ends
   * @throws Problem
   */
  start(options: EngineOptions, onStatus: (status: EngineStatus) => void): Promise<EngineInfo> {
    const observer = (status: EngineStatus) => {
      if (!this.#hasEnded) onStatus(status);
    };
    // Both at once: the worker takes them in this order, and what ends one ends the other.
    this.answer(this.service.observe(Comlink.proxy(observer))).catch(() => undefined);
    return this.answer(this.service.start(options));
  }

  /** The worker's answer to a call. @throws Problem given to `end` if the worker ends first */
  answer<Result>(call: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      call.then(resolve, reject).finally(() => this.#pending.delete(reject));
    });
  }

  /** Ends the worker and rejects every call that has no answer yet. */
  end(problem: Problem): void {
    this.#hasEnded = true;
    for (const reject of this.#pending) reject(problem);
    this.#worker.terminate();
  }
}
