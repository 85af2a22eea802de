import { css, html, LitElement } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { backupRun } from '../session/backup-run.ts';
import { msg } from '../i18n/msg.ts';
import { purgeDeletedPhotos } from '../photos/repository.ts';
import { Problem } from '../platform/problem.ts';
import { beginFreshLog } from '../storage/fresh-log.ts';
import { ListenController } from '../ui/listen-controller.ts';
import { notify, type Notice } from '../ui/notice.ts';
import { airplaneMode } from '../session/airplane-mode.ts';
import { learning } from '../session/learning.ts';
import { dataLossDetector } from '../session/data-loss-detector.ts';
import type { Later } from './later.ts';
import '../ui/notice-bar.ts';
import type { NoticeBar } from '../ui/notice-bar.ts';
import './page-outlet.ts';
import type { PageOutlet } from './page-outlet.ts';
import { PAGES, preloadPages } from './pages.ts';
import { routeOf, type Route } from '../session/routes.ts';
import './tab-bar.ts';
import { RESTORABLE_MS } from '../platform/undo-time.ts';
import { whenIdle } from '../platform/when-idle.ts';

/** How long the other pages leave the engine its first answers, in ms. */
const PRELOAD_DELAY = 3_000;

/** Starts the engine, once. Its status contains a failure; the banner and the pages show it. */
function startEngine(): Promise<unknown> {
  return learning.start().catch(() => undefined);
}

/** The shell of the app: the page, the tab bar, the banners and the notices. */
@customElement('pp-app')
export class AppShell extends LitElement {
  @state() private accessor route: Route = routeOf(location.hash);
  @state() private accessor later: Later | undefined;
  @query('pp-page-outlet') private accessor outlet!: PageOutlet;
  @query('pp-notice-bar') private accessor noticeBar!: NoticeBar;

  constructor() {
    super();
    new ListenController(this, window, 'hashchange', () => this.#navigate());
    new ListenController<CustomEvent<Notice>>(this, window, 'pp-notice', ({ detail }) => {
      this.noticeBar.show(detail);
    });
    new ListenController(this, airplaneMode, 'change', () => this.#onAirplaneMode());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#describe();
    // pp-drop-target takes them once it is loaded.
    for (const type of ['dragenter', 'dragover', 'drop'] as const) {
      window.addEventListener(type, keepPage);
    }
    void this.#startInBackground();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.later?.stop();
  }

  override render() {
    return html`
      <div class="body">
        <div class="banners">${this.later?.banner(this.route)}</div>
        <div class="page">
          <main part="page"><pp-page-outlet .route=${this.route}></pp-page-outlet></main>
          <pp-notice-bar
            data-route=${this.route}
            data-dark=${PAGES[this.route].dark === true}
          ></pp-notice-bar>
          <pp-drop-target .route=${this.route}></pp-drop-target>
        </div>
      </div>
      <pp-tab-bar .route=${this.route}></pp-tab-bar>
    `;
  }

  /** Starts everything that must not delay the first paint. */
  async #startInBackground(): Promise<void> {
    const started = Date.now();
    // On Live the engine is what the person waits for: it starts while the page loads.
    void beginFreshLog().then(() => this.route === 'live' && startEngine());
    // The first page is there before everything else; if that fails, the outlet reports it.
    await this.updateComplete;
    await this.outlet.opened;
    dataLossDetector.start();
    await whenIdle();
    void this.#startLater();
    void startEngine().then(() => setTimeout(preloadPages, PRELOAD_DELAY));
    void backupRun.findUnsaved();
    try {
      // Undo works until the page is closed, and another tab may still offer it.
      await purgeDeletedPhotos(started - RESTORABLE_MS);
      const { purgeDeletedModels } = await import('../models/versions.ts');
      await purgeDeletedModels(started - RESTORABLE_MS);
    } catch (thrown) {
      const text = Problem.from(thrown, msg('The photo library cannot be opened.')).message;
      notify(this.noticeBar, { text, tone: 'wrong' });
    }
  }

  /** The app works without it, so a failure is not reported; the next page tries again. */
  async #startLater(): Promise<void> {
    const loaded = await import('./later.ts').catch(() => undefined);
    if (this.isConnected) this.later ??= loaded?.startLater(() => this.requestUpdate());
  }

  #navigate(): void {
    this.route = routeOf(location.hash);
    this.#describe();
    if (!this.later) void this.#startLater();
  }

  #describe(): void {
    const page = PAGES[this.route];
    document.title = `${page.title} · Purrceptron`;
    document.documentElement.classList.toggle('dark-page', page.dark === true);
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      meta.dataset['own'] ??= meta.content;
      meta.content = page.dark ? '#16130F' : meta.dataset['own'];
    }
  }

  #onAirplaneMode(): void {
    this.dataset['airplane'] = airplaneMode.ready ? 'ready' : 'waiting';
    if (airplaneMode.shouldTell()) {
      notify(this.noticeBar, {
        text: msg('Ready for airplane mode: everything now works offline.'),
        seen: () => airplaneMode.setSeen(),
      });
    }
  }

  // The styles of everything inside ask this element for the size of the window, with @container:
  // WebKit keeps the answers to @media for a shadow root that is not in the document during a
  // resize, so a page that was opened after the phone was turned would have the layout of before.
  // eslint-disable-next-line no-restricted-syntax -- a container cannot ask for its own size
  static override styles = css`
    :host {
      display: flex;
      flex-direction: column;
      container-type: size;
      height: 100%;
    }
    .body {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-width: 0;
      min-height: 0;
    }
    .page {
      position: relative;
      flex: 1;
      min-height: 0;
    }
    main {
      height: 100%;
    }
    .banners {
      padding-top: env(safe-area-inset-top);
    }
    .banners:empty {
      padding: 0;
    }
    pp-page-outlet {
      height: 100%;
    }
    pp-notice-bar {
      position: absolute;
      inset-inline-end: 12px;
      bottom: 12px;
      inset-inline-start: 12px;
      z-index: 10;
    }
    /* Above the floating button of the Photos page. */
    pp-notice-bar[data-route='photos'] {
      bottom: var(--notice-bottom, 80px);
    }
    /* On camera pages the bottom is taken by the shutters. */
    pp-notice-bar[data-dark='true'] {
      top: calc(72px + env(safe-area-inset-top));
      bottom: auto;
    }
    @media (min-width: 840px), (orientation: landscape) and (max-height: 500px) {
      :host {
        flex-direction: row-reverse;
      }
    }
  `;
}

/** Prevents that a file which is dropped takes the place of the app. */
function keepPage(event: DragEvent): void {
  if (event.dataTransfer?.types.some((type) => type === 'Files')) event.preventDefault();
}
