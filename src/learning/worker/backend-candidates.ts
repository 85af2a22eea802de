import { msg, str } from '../../i18n/msg.ts';
import type { BackendName } from '../../records/engine.ts';
import { Problem } from '../../platform/problem.ts';
import { activateBackend, PREFERENCE, type ActiveBackend } from '../backend/backends.ts';
import { loadExecutor } from '../network/run-plan.ts';

/** A backend that started. */
interface Candidate {
  readonly backend: ActiveBackend;
  /** How long it took, in ms. */
  readonly milliseconds: number;
}

/** Backends that start, in the order of `PREFERENCE`. The first one starts at once. */
export class BackendCandidates {
  readonly refused: { readonly backend: BackendName; readonly reason: string }[] = [];
  readonly #names: BackendName[];
  readonly #isForced: boolean;
  #first: Promise<Candidate | undefined> | undefined;

  /** @param forced the only backend; undefined: all */
  constructor(forced: BackendName | undefined) {
    this.#names = forced ? [forced] : [...PREFERENCE];
    this.#isForced = forced !== undefined;
    this.#first = this.#activateNext();
  }

  /** The next backend that starts; undefined if there is none. */
  next(): Promise<Candidate | undefined> {
    const first = this.#first;
    this.#first = undefined;
    return first ?? this.#activateNext();
  }

  /** Notes why a backend is not used. */
  refuse(backend: BackendName, thrown: unknown): void {
    const { detail, message } = Problem.from(thrown, msg(str`The ${backend} backend failed.`));
    this.refused.push({ backend, reason: detail ?? message });
  }

  async #activateNext(): Promise<Candidate | undefined> {
    for (let name = this.#names.shift(); name; name = this.#names.shift()) {
      const started = performance.now();
      try {
        const backend = await activateBackend(name, this.#isForced);
        void loadExecutor(name);
        return { backend, milliseconds: performance.now() - started };
      } catch (thrown) {
        this.refuse(name, thrown);
      }
    }
    return undefined;
  }
}
