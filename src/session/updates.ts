import { Workbox } from 'workbox-window';
import { msg } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { trustedScriptUrl } from '../platform/trusted-types.ts';
import { whenIdle } from './when-idle.ts';

/**
 * Whether the app works offline: `ready` means that every file is stored and checked. `failed`
 * means that the first installation broke off, which browsers do silently, or that a stored file is
 * damaged or gone and could not be fetched anew.
 */
export type OfflineState = 'installing' | 'ready' | 'failed' | 'unsupported';

/** A server that takes a connection and says nothing would leave `register` pending for good. */
const REGISTER_TIMEOUT_MS = 60_000;

/** After which a version that still waits is asked once more to take over. */
const SKIP_AGAIN_MS = 3_000;

/**
 * The service worker as the page sees it. A `change` event follows each change of `offline`,
 * `problem` or `waiting`. Workbox says when to look; what is seen is read from the registration, so
 * it holds for whatever tab or earlier visit started an installation.
 */
export class Updates extends EventTarget {
  offline: OfflineState = 'installing';
  /** Why `offline` is `failed`. */
  problem: Problem<'offline'> | undefined;
  /** A newer version is here; `apply` changes over to it. */
  waiting = false;
  readonly #scriptUrl: string;
  #workbox: Workbox | undefined;
  #registration: ServiceWorkerRegistration | undefined;
  #applying = false;

  constructor(scriptUrl = new URL('sw.js', document.baseURI).href) {
    super();
    this.#scriptUrl = scriptUrl;
  }

  /** Registers the service worker once the page has loaded; it never rejects. */
  async start(): Promise<void> {
    // Absent in private windows of some browsers, and without HTTPS, whatever the types say.
    if (!('serviceWorker' in navigator)) {
      this.#update('unsupported');
    } else {
      await this.#register();
    }
  }

  /** Tries again after `failed`. */
  async retry(): Promise<void> {
    if (this.offline !== 'failed') return;
    this.#update('installing');
    await this.#register();
  }

  /** Changes over to the version that waits, and loads the page anew. */
  apply(): void {
    if (this.#registration?.waiting) {
      this.#applying = true;
      this.#skipWaiting();
    } else if (this.waiting) {
      // Another tab changed over already.
      location.reload();
    }
  }

  /** Asks until it is done: one such request in many was seen to stay without effect. */
  #skipWaiting(): void {
    if (!this.#registration?.waiting) return;
    this.#workbox?.messageSkipWaiting();
    setTimeout(() => {
      this.#skipWaiting();
    }, SKIP_AGAIN_MS);
  }

  async #register(): Promise<void> {
    const hadController = navigator.serviceWorker.controller !== null;
    try {
      // A Workbox registers once: each try has its own.
      const workbox = new Workbox(trustedScriptUrl(this.#scriptUrl));
      for (const type of ['installed', 'waiting', 'activated', 'redundant'] as const) {
        workbox.addEventListener(type, this.#refresh);
      }
      workbox.addEventListener('controlling', () => {
        this.#onControlling(hadController);
      });
      this.#workbox = workbox;
      this.#registration = await within(REGISTER_TIMEOUT_MS, workbox.register());
      // Workbox follows what it finds after it registered; a page that was reloaded meanwhile
      // finds the installation of the visit before already under way.
      this.#registration?.installing?.addEventListener('statechange', this.#refresh);
      this.#refresh();
      // What has just been installed has just been checked.
      if (hadController) await this.#check();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Has the service worker look at what it stored in an earlier visit. */
  async #check(): Promise<void> {
    await whenIdle();
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<boolean>((resolve) => {
      port1.onmessage = ({ data }) => {
        resolve(data !== false);
        port1.close();
      };
    });
    // A worker of an older version does not answer: then nothing is known, and nothing said.
    this.#registration?.active?.postMessage({ type: 'CHECK_FILES' }, [port2]);
    if (!(await answer)) this.#fail(new Error('A stored file is damaged or gone'));
  }

  readonly #refresh = () => {
    if (!this.#registration) return;
    const { installing, waiting, active } = this.#registration;
    if (active) {
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
      // Another tab changed over: this page is the old version still, and knows that it is.
      this.#update('ready', true);
    }
  }

  #fail(cause: unknown): void {
    this.problem = new Problem(
      'offline',
      msg(
        'The app could not be stored on this phone, so it needs the internet for now. Try again with a good connection.',
      ),
      cause === undefined ? {} : { cause },
    );
    this.#update('failed');
  }

  #update(offline: OfflineState, waiting = this.waiting): void {
    if (offline !== 'failed') this.problem = undefined;
    if (offline === this.offline && waiting === this.waiting && offline !== 'failed') return;
    this.offline = offline;
    this.waiting = waiting;
    this.dispatchEvent(new Event('change'));
  }
}

/** @throws Error when `work` takes longer; it is let go, not stopped */
async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer in ${milliseconds / 1000} s`));
    }, milliseconds);
  });
  return Promise.race([work, silence]).finally(() => {
    clearTimeout(timer);
  });
}

/** The page's one. */
export const updates = new Updates();
void updates.start();
