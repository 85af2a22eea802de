import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Problem } from '../platform/problem.ts';
import { onChange, type Topic } from '../storage/changes.ts';

/**
 * Something read from the database, kept up to date: read when its element connects and again
 * after each change of its topics, in this tab or another.
 */
export class StoredController<Value> implements ReactiveController {
  /** Undefined until it was read for the first time. */
  value: Value | undefined;
  /** Why the last read failed; the value before it stays. */
  problem: Problem | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #topics: readonly Topic[];
  readonly #load: () => Promise<Value>;
  #stop: (() => void)[] = [];
  #reading: Promise<void> | undefined;
  #again = false;

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
   * Reads again, and resolves when what is shown is no older than this call. Of many changes that
   * come during a read, one more read shows them all.
   */
  reload(): Promise<void> {
    this.#again = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        this.value = await this.#load();
        this.problem = undefined;
      } catch (thrown) {
        this.problem = Problem.from(thrown);
      }
      this.#host.requestUpdate();
    }
  }
}
