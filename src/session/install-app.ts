/** An event of Chromium that the DOM types lack; see the draft "Manifest Incubations". */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/**
 * How the app can be installed: `prompt` opens the browser's dialog; with `steps` the user does it
 * in the share sheet of iOS; `installed` means that the app runs from the home screen.
 */
type InstallWay = 'prompt' | 'steps' | 'installed' | 'none';

/** Installs the app. A `change` event is fired when `way` changes. */
class InstallApp extends EventTarget {
  #prompt: BeforeInstallPromptEvent | undefined;

  /** Call it before the page has loaded, or the browser's event is missed. */
  listen(): void {
    window.addEventListener('beforeinstallprompt', (event) => {
      // The app chooses the moment for the dialog, not the browser.
      event.preventDefault();
      this.#setPrompt(event as BeforeInstallPromptEvent);
    });
    window.addEventListener('appinstalled', () => {
      this.#setPrompt(undefined);
    });
  }

  get way(): InstallWay {
    if (isInstalled()) return 'installed';
    if (this.#prompt) return 'prompt';
    // iOS does not fire the event.
    return isIos() ? 'steps' : 'none';
  }

  /**
   * Opens the browser's dialog; it must be called in a user gesture. Never rejects.
   *
   * @returns whether the user accepted
   */
  async ask(): Promise<boolean> {
    const prompt = this.#prompt;
    if (!prompt) return false;
    let isAccepted = false;
    try {
      await prompt.prompt();
      isAccepted = (await prompt.userChoice).outcome === 'accepted';
    } catch (thrown) {
      // The browser no longer wants to install it; its menu still can.
      console.warn('The browser did not ask whether to install the app.', thrown);
    }
    // An event can prompt only once; Chromium fires a new one when it may prompt again.
    if (this.#prompt === prompt) this.#setPrompt(undefined);
    return isAccepted;
  }

  #setPrompt(prompt: BeforeInstallPromptEvent | undefined): void {
    this.#prompt = prompt;
    this.dispatchEvent(new Event('change'));
  }
}

function isInstalled(): boolean {
  return (
    standalone() === true ||
    matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches
  );
}

/** Whether it runs on an iPhone or iPad, in whichever browser: all of them are WebKit there. */
export function isIos(): boolean {
  return standalone() !== undefined && !isMac();
}

/** Whether it runs on a Mac. An iPad calls itself one, but can be touched in several places. */
export function isMac(): boolean {
  return /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints < 2;
}

/** Only in WebKit: whether the page runs from the home screen. */
function standalone(): boolean | undefined {
  return (navigator as { standalone?: boolean }).standalone;
}

/** The instance of this page. */
export const installApp = new InstallApp();
