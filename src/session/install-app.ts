import { getSetting, saveSettings } from '../storage/settings.ts';

/** An event of Chromium that the DOM types lack; see the draft "Manifest Incubations". */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/**
 * How the app can be installed: `prompt` opens the browser's dialog; with `steps` the user does it
 * in the browser's menu, as on iOS; `installed` means that the app runs from the home screen.
 */
type InstallWay = 'prompt' | 'steps' | 'installed' | 'none';

/** Offers to install the app. A `change` event is fired when `way` or `offered` changes. */
class InstallApp extends EventTarget {
  /** Whether the app should show the offer. */
  offered = false;
  #prompt: BeforeInstallPromptEvent | undefined;

  /** Call it before the page has loaded, or the browser's event is missed. */
  listen(): void {
    window.addEventListener('beforeinstallprompt', (event) => {
      // The app chooses the moment for the dialog, not the browser.
      event.preventDefault();
      this.#prompt = event as BeforeInstallPromptEvent;
      this.#changed();
    });
    window.addEventListener('appinstalled', () => {
      this.#prompt = undefined;
      this.offered = false;
      this.#changed();
    });
  }

  get way(): InstallWay {
    if (isInstalled()) return 'installed';
    if (this.#prompt) return 'prompt';
    // `navigator.standalone` exists only on iOS, which does not fire the event.
    return 'standalone' in navigator ? 'steps' : 'none';
  }

  /**
   * Offers the installation once, unless it is impossible. Call it after a training, when the user
   * knows what the app is for. Never rejects.
   */
  async offerOnce(): Promise<void> {
    if (this.way !== 'prompt' && this.way !== 'steps') return;
    try {
      if ((await getSetting('installOffered')) === true) return;
      await saveSettings({ installOffered: true });
    } catch {
      // Without a database the app is not worth installing.
      return;
    }
    this.offered = true;
    this.#changed();
  }

  /** Ends the offer. */
  dismiss(): void {
    this.offered = false;
    this.#changed();
  }

  /**
   * Opens the browser's dialog; it must be called in a user gesture. Never rejects.
   *
   * @returns whether the user accepted
   */
  async ask(): Promise<boolean> {
    const prompt = this.#prompt;
    if (!prompt) return false;
    // An event can prompt only once; Chromium fires a new one when it may prompt again.
    this.#prompt = undefined;
    let isAccepted = false;
    try {
      await prompt.prompt();
      isAccepted = (await prompt.userChoice).outcome === 'accepted';
    } catch (thrown) {
      // The browser no longer wants to install it; its menu still can.
      console.warn('The browser did not ask whether to install the app.', thrown);
    }
    this.dismiss();
    return isAccepted;
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function isInstalled(): boolean {
  const onHomeScreen = (navigator as { standalone?: boolean }).standalone === true;
  return (
    onHomeScreen || matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches
  );
}

/** The instance of this page. */
export const installApp = new InstallApp();
