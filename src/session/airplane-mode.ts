import type { LearningClient } from '../learning/api/learning-client.ts';
import { safeLocalStorage } from '../platform/web-storage.ts';
import { learning } from './learning.ts';
import { updates, type Updates } from './updates.ts';

const NOTIFIED = 'purrceptron-airplane-mode';
const SEEN = 'told';

/**
 * Whether everything works without a network: the app's files are stored, and the base model is
 * stored and has passed its self-test. A `change` event is fired when `ready` changes.
 */
class AirplaneMode extends EventTarget {
  readonly #updates: Updates;
  readonly #learning: LearningClient;
  #ready = false;

  constructor(updates: Updates, learning: LearningClient) {
    super();
    this.#updates = updates;
    this.#learning = learning;
    updates.addEventListener('change', this.#check);
    learning.addEventListener('change', this.#check);
    this.#check();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Whether it is time to show "Ready for airplane mode": the app is ready, and nobody has seen the
   * notice yet (`setSeen`).
   */
  shouldTell(): boolean {
    if (!this.#ready || safeLocalStorage.read(NOTIFIED) === SEEN) return false;
    // If local storage is blocked or full, the notice would come at each start, so it never comes.
    return safeLocalStorage.write(NOTIFIED, 'waiting');
  }

  /** Notes that the user has seen the notice: it does not come again. */
  setSeen(): void {
    safeLocalStorage.write(NOTIFIED, SEEN);
  }

  readonly #check = () => {
    const { phase, info } = this.#learning.status;
    const ready =
      this.#updates.offline === 'ready' && phase === 'ready' && info?.baseStored === true;
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.dispatchEvent(new Event('change'));
  };
}

/** The instance of this page. */
export const airplaneMode = new AirplaneMode(updates, learning);
