import type { LearningClient } from '../learning/api/learning-client.ts';
import { safeLocalStorage } from '../platform/web-storage.ts';
import { learning } from './learning.ts';
import { updates, type Updates } from './updates.ts';

const NOTIFIED = 'purrceptron-airplane-mode';

/**
 * Whether everything works without a network: the app's files are stored, and the base model is
 * here and passed its self-test. A `change` event says that `ready` may have changed.
 */
class AirplaneMode extends EventTarget {
  readonly #updates: Updates;
  readonly #learning: LearningClient;
  #ready = false;

  constructor(updates: Updates, learning: LearningClient) {
    super();
    this.#updates = updates;
    this.#learning = learning;
    updates.addEventListener('change', this.#look);
    learning.addEventListener('change', this.#look);
    this.#look();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** True once in the life of an installation: the moment to say "Ready for airplane mode". */
  firstTime(): boolean {
    if (!this.#ready || safeLocalStorage.read(NOTIFIED) !== undefined) return false;
    // If local storage is blocked, the first time looks like every later time: notify never.
    return safeLocalStorage.write(NOTIFIED, 'told');
  }

  readonly #look = () => {
    const { phase, info } = this.#learning.status;
    const ready =
      this.#updates.offline === 'ready' && phase === 'ready' && info?.baseStored === true;
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.dispatchEvent(new Event('change'));
  };
}

/** The page's one. */
export const airplaneMode = new AirplaneMode(updates, learning);
