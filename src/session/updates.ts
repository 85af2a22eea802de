import { Workbox } from 'workbox-window';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { trustedScriptUrl } from '../platform/trusted-types.ts';
import { safeSessionStorage } from '../platform/web-storage.ts';
import { whenIdle } from '../platform/when-idle.ts';
import { withTimeout } from '../platform/with-timeout.ts';
import { withheldHere } from './withheld-here.ts';

/**
 * Whether the app works offline: `ready` means that every file is stored and verified. `failed`
 * means that the first installation failed, which browsers do silently, or that a stored file is
 * damaged or missing and could not be fetched again. `unsupported` means that the browser lacks or
 * withholds service workers.
 */
export type OfflineState = 'installing' | 'ready' | 'failed' | 'unsupported';

/** Without a timeout, `register` stays pending if a server accepts the connection and is silent. */
const REGISTER_TIMEOUT_MS = 60_000;

/**
 * Time for the waiting version to take over. Chromium activates it once the old service worker is
 * idle, but forgets that if a request starts the old one again in that moment; the next navigation
 * reminds it.
 */
const TAKE_OVER_MS = 4_000;
/**
 * Time for a reload to end this page. While versions change over, Chromium sometimes leaves a
 * navigation pending; another one takes its place.
 */
const RELOAD_MS = 15_000;
/** Reloads in a row that remind the browser. */
const MOST_REMINDERS = 3;
/** Session storage: how often this tab has reloaded to change over to the waiting version. */
const REMINDERS_KEY = 'purrceptron-update-reminders';

/**
 * The state of the service worker. A `change` event is fired when `offline`, `problem` or `waiting`
 * changes. Workbox events only trigger the check; the state itself is read from the registration,
 * so it is right whichever tab or visit started the installation.
 */
export class Updates extends EventTarget {
  offline: OfflineState = 'installing';
  /** Why `offline` is `failed`. */
  problem: Problem<'offline'> | undefined;
  /** A newer version is installed; `apply` activates it. */
  waiting = false;
  /** The active service worker whose stored files are damaged, until it has repaired them. */
  #damaged: ServiceWorker | undefined;
  readonly #scriptUrl: string;
  #workbox: Workbox | undefined;
  #registration: ServiceWorkerRegistration | undefined;
  #applying = false;
  /** Whether a file arrived with other bytes than were published. */
  #altered = false;

  constructor(scriptUrl = new URL('sw.js', document.baseURI).href) {
    super();
    this.#scriptUrl = scriptUrl;
  }

  /** Registers the service worker when the page has loaded. Never rejects. */
  async start(): Promise<void> {
    // Undefined without HTTPS and in private windows of some browsers, although the types say
    // otherwise.
    if (withheldHere() || !('serviceWorker' in navigator)) {
      this.#update('unsupported');
    } else {
      navigator.serviceWorker.addEventListener('message', this.#onMessage);
      await this.#register();
    }
  }

  /** Registers the service worker again after `failed`. */
  async retry(): Promise<void> {
    if (this.offline !== 'failed') return;
    this.#altered = false;
    this.#update('installing');
    await this.#register();
  }

  /** Activates the waiting version and reloads the page. */
  apply(): void {
    if (this.#registration?.waiting) this.#takeOver(1);
    // Another tab has activated it already.
    else if (this.waiting) location.reload();
  }

  #takeOver(reminder: number): void {
    this.#applying = true;
    this.#workbox?.messageSkipWaiting();
    setTimeout(() => {
      // Without session storage, the reloads could not be counted.
      if (reminder > MOST_REMINDERS || !safeSessionStorage.write(REMINDERS_KEY, String(reminder))) {
        return;
      }
      location.reload();
      setTimeout(() => {
        location.reload();
      }, RELOAD_MS);
    }, TAKE_OVER_MS);
  }

  /** Goes on with a change of versions that had no effect before this page was reloaded. */
  #resumeTakeOver(): void {
    const reminders = Number(safeSessionStorage.read(REMINDERS_KEY) ?? 0);
    safeSessionStorage.remove(REMINDERS_KEY);
    if (reminders > 0 && this.#registration?.waiting) this.#takeOver(reminders + 1);
  }

  async #register(): Promise<void> {
    try {
      const hadController = navigator.serviceWorker.controller !== null;
      // A Workbox instance can register only once, so each attempt has its own.
      const workbox = new Workbox(trustedScriptUrl(this.#scriptUrl));
      for (const type of ['installed', 'waiting', 'activated', 'redundant'] as const) {
        workbox.addEventListener(type, this.#refresh);
      }
      workbox.addEventListener('controlling', () => {
        this.#onControlling(hadController);
      });
      this.#workbox = workbox;
      this.#registration = await withTimeout(workbox.register(), REGISTER_TIMEOUT_MS);
      // Workbox observes only an installation that starts after the registration. After a reload,
      // the installation of the previous visit may still be running.
      this.#registration?.installing?.addEventListener('statechange', this.#refresh);
      this.#refresh();
      this.#resumeTakeOver();
      // Without a controller, the files have just been installed, and so verified.
      if (hadController) await this.#check();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Lets the service worker verify the files that it stored in an earlier visit. */
  async #check(): Promise<void> {
    await whenIdle();
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<boolean>((resolve) => {
      port1.onmessage = ({ data }) => {
        resolve(data !== false);
        port1.close();
      };
    });
    // A service worker of an older version does not answer, so nothing is reported.
    const active = this.#registration?.active ?? undefined;
    active?.postMessage({ type: 'CHECK_FILES' }, [port2]);
    this.#damaged = (await answer) ? undefined : active;
    this.#refresh();
  }

  readonly #refresh = () => {
    if (!this.#registration) return;
    const { installing, waiting, active } = this.#registration;
    if (active && active === this.#damaged) {
      // A newer version that waits does not repair the files of this one.
      this.#fail(new Error('A stored file is damaged or gone'), waiting !== null);
    } else if (active) {
      this.#update('ready', this.waiting || waiting !== null);
    } else if ([installing, waiting].some((worker) => worker && worker.state !== 'redundant')) {
      this.#update('installing');
    } else {
      this.#fail(undefined);
    }
  };

  #onControlling(hadController: boolean): void {
    if (this.#applying) {
      location.reload();
    } else if (hadController) {
      // Another tab activated the new version; this page still runs the old one.
      this.#update('ready', true);
    }
  }

  readonly #onMessage = ({ data }: MessageEvent) => {
    if ((data as { type?: unknown } | null)?.type !== 'ALTERED_FILE') return;
    this.#altered = true;
    if (this.offline === 'failed') this.#fail(this.problem?.cause);
  };

  #fail(cause: unknown, isWaiting = false): void {
    const message = this.#altered
      ? msg(
          'The app could not be stored on this phone: what arrives is not what was published. A sign-in page of this network, a VPN, an antivirus program, a data saver or the host may have changed it. Switch that off for this address, or use another network, and try again.',
        )
      : msg(
          'The app could not be stored on this phone, so it needs the internet for now. Try again with a good connection.',
        );
    this.problem = new Problem('offline', message, cause === undefined ? {} : { cause });
    this.#update('failed', this.waiting || isWaiting);
  }

  #update(offline: OfflineState, waiting = this.waiting): void {
    if (offline !== 'failed') this.problem = undefined;
    if (offline === this.offline && waiting === this.waiting && offline !== 'failed') return;
    this.offline = offline;
    this.waiting = waiting;
    this.dispatchEvent(new Event('change'));
  }
}

/** The instance of this page. */
export const updates = new Updates();
void updates.start();
