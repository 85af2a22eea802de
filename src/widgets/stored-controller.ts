import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Coalesced } from '../platform/coalesced.ts';
import { Problem } from '../platform/problem.ts';
import { onChange, type Topic } from '../storage/changes.ts';

/**
 * A value read from the database: it is read when the host element connects, and again after each
 * change of its topics, in this tab or another.
 */
export class StoredController<Value> implements ReactiveController {
  /** Undefined until the first read succeeds. */
  value: Value | undefined;
  /** Why the last read failed; `value` is then the result of an earlier read. */
  problem: Problem | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #topics: readonly Topic[];
  readonly #load: () => Promise<Value>;
  #stop: (() => void)[] = [];
  readonly #reading = new Coalesced(() => this.#read());

  constructor(host: ReactiveControllerHost, topics: readonly Topic[], load: () => Promise<Value>) {
    this.#host = host;
    this.#topics = topics;
    this.#load = load;
    host.addController(this);
  }

  hostConnected(): void {
    const reload = () => void this.reload();
    this.#stop = this.#topics.map((topic) => onChange(topic, reload));
    reload();
  }

  hostDisconnected(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
  }

  /**
   * Reads again, and resolves when `value` is no older than this call. Any number of calls during a
   * read cause only one more read.
   */
  reload(): Promise<void> {
    return this.#reading.run();
  }

  async #read(): Promise<void> {
    try {
      this.value = await this.#load();
      this.problem = undefined;
    } catch (thrown) {
      this.problem = Problem.from(thrown);
    }
    this.#host.requestUpdate();
  }
}
