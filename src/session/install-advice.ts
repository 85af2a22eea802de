import { safeLocalStorage } from '../platform/web-storage.ts';
import { Coalesced } from '../platform/coalesced.ts';
import { onChange } from '../storage/changes.ts';
import { libraryFacts } from '../storage/library.ts';
import { getSetting, saveSettings } from '../storage/settings.ts';
import { installApp, isIos } from './install-app.ts';
import { trainingRun } from './training-run.ts';

/**
 * What to advise about the home screen. On iOS, the app there is another app than the tab, and they
 * share no storage:
 *
 * - `install`: the phone shares it, so it is offered after the first training, when the person knows
 *   what the app is for.
 * - `before-first-photo`: on iOS in a tab without photos.
 * - `move`: on iOS in a tab with photos, after the first training.
 * - `restore`: in the app on the home screen of iOS, as long as it has no photos.
 */
type InstallAdvice = 'install' | 'before-first-photo' | 'move' | 'restore';

/** Local storage: the person has seen the advice and wants no more of it. */
const seenKey = (advice: InstallAdvice) => `purrceptron-seen-${advice}`;

/** Decides on the advice. A `change` event is fired when `current` changes. */
class InstallAdviser extends EventTarget {
  current: InstallAdvice | undefined;
  /** Whether a training of this visit was the first one after which it may be offered. */
  #isOffered = false;
  readonly #checking = new Coalesced(() => this.#check());

  /** @returns a function that stops it */
  start(): () => void {
    const check = () => void this.#checking.run();
    const onTraining = () => {
      if (trainingRun.state === 'done') void this.#offerOnce().then(check);
    };
    const stops = [onChange('photos', check), onChange('models', check)];
    trainingRun.addEventListener('change', onTraining);
    installApp.addEventListener('change', check);
    check();
    return () => {
      for (const stop of stops) stop();
      trainingRun.removeEventListener('change', onTraining);
      installApp.removeEventListener('change', check);
    };
  }

  /** The person has followed or closed the advice. */
  dismiss(): void {
    if (!this.current) return;
    this.#isOffered = false;
    safeLocalStorage.write(seenKey(this.current), 'true');
    this.#set(undefined);
  }

  async #offerOnce(): Promise<void> {
    if (installApp.way !== 'prompt' && installApp.way !== 'steps') return;
    try {
      if ((await getSetting('installOffered')) === true) return;
      await saveSettings({ installOffered: true });
      this.#isOffered = true;
    } catch {
      // Without a database the app is not worth installing.
    }
  }

  async #check(): Promise<void> {
    // Without a database there is nothing to bring to another app.
    const facts = await libraryFacts().catch(() => undefined);
    this.#set(facts && this.#adviceFor(facts.photos + facts.models === 0));
  }

  #adviceFor(isEmpty: boolean): InstallAdvice | undefined {
    const { way } = installApp;
    const unlessSeen = (advice: InstallAdvice) =>
      safeLocalStorage.read(seenKey(advice)) === undefined ? advice : undefined;
    if (way === 'installed') return isIos() && isEmpty ? unlessSeen('restore') : undefined;
    if (way === 'steps' && isEmpty) return unlessSeen('before-first-photo');
    if (!this.#isOffered || way === 'none') return undefined;
    return way === 'steps' ? 'move' : 'install';
  }

  #set(advice: InstallAdvice | undefined): void {
    if (advice === this.current) return;
    this.current = advice;
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const installAdviser = new InstallAdviser();
