import { getSetting, saveSettings } from '../storage/settings.ts';

/** Chromium's event, which TypeScript's DOM does not know; see the Manifest Incubations draft. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/**
 * How the app can come to the home screen: `prompt` opens the browser's own question; `steps` means
 * that the person does it in the browser's menu, as on iOS; `installed` that it runs from there.
 */
export type InstallWay = 'prompt' | 'steps' | 'installed' | 'none';

/** Installing the app, as this page sees it. A `change` event follows each change. */
export class InstallApp extends EventTarget {
  /** Once a training was finished here the person knows what the app is for, and may be asked. */
  offered = false;
  #prompt: BeforeInstallPromptEvent | undefined;

  /** Before the page has loaded, or the browser's event is missed. */
  listen(): void {
    window.addEventListener('beforeinstallprompt', (event) => {
      // The app asks when it is a good moment, not the browser when it likes.
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
    // Only iOS says whether it runs from the home screen, and only iOS has no event.
    return 'standalone' in navigator ? 'steps' : 'none';
  }

  /** Offers it, unless the person has answered before or there is no way. Never rejects. */
  async offerOnce(): Promise<void> {
    if (this.way !== 'prompt' && this.way !== 'steps') return;
    try {
      if ((await getSetting('installOffered')) === true) return;
      await saveSettings({ installOffered: true });
    } catch {
      // Without a library to write to there is nothing to install for.
      return;
    }
    this.offered = true;
    this.#changed();
  }

  dismiss(): void {
    this.offered = false;
    this.#changed();
  }

  /** Asks the browser's question, on a tap. Resolves with whether the app is being installed. */
  async ask(): Promise<boolean> {
    const prompt = this.#prompt;
    if (!prompt) return false;
    // It can be asked once; Chromium sends a new event when it may be asked again.
    this.#prompt = undefined;
    await prompt.prompt();
    const { outcome } = await prompt.userChoice;
    this.dismiss();
    return outcome === 'accepted';
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

/** The page's one. */
export const installApp = new InstallApp();
