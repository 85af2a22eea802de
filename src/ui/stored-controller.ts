import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Problem } from '../problem.ts';
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
  #reads = 0;

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

  /** Reads again; of several reads under way, the last one started counts. */
  async reload(): Promise<void> {
    const read = ++this.#reads;
    try {
      const value = await this.#load();
      if (read !== this.#reads) return;
      this.value = value;
      this.problem = undefined;
    } catch (thrown) {
      if (read !== this.#reads) return;
      this.problem = Problem.from(thrown);
    }
    this.#host.requestUpdate();
  }
}
