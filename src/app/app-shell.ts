import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { backupRun } from '../session/backup-run.ts';
import { msg } from '../i18n/msg.ts';
import { purgeDeletedPhotos } from '../photos/repository.ts';
import { Problem } from '../platform/problem.ts';
import { beginFreshLog, watchEnd } from '../storage/fresh-log.ts';
import { LearningController } from '../widgets/learning-controller.ts';
import { ListenController } from '../ui/listen-controller.ts';
import { notify, type Notice } from '../ui/notice.ts';
import { airplaneMode } from '../session/airplane-mode.ts';
import './banner.ts';
import { installApp } from '../session/install-app.ts';
import { learning } from '../session/learning.ts';
import { dataLossDetector } from '../session/data-loss-detector.ts';
import '../ui/notice-bar.ts';
import type { NoticeBar } from '../ui/notice-bar.ts';
import './page-outlet.ts';
import { PAGES, preloadPages } from './pages.ts';
import { hrefOf, routeOf, type Route } from '../session/routes.ts';
import { freeSpaceWatch } from '../session/free-space-watch.ts';
import './tab-bar.ts';
import { RESTORABLE_MS } from '../platform/undo-time.ts';
import { trainingRun } from '../session/training-run.ts';
import { updates } from '../session/updates.ts';
import { whenIdle } from '../session/when-idle.ts';
import { storageBanner } from './storage-banner.ts';
import { workUnderWay } from '../session/work-under-way.ts';

/** The shell of the app: the page, the tab bar, the banners and the notices. */
@customElement('pp-app')
export class AppShell extends LitElement {
  @state() private accessor route: Route = routeOf(location.hash);
  @state() private accessor updateLater = false;
  @query('pp-notice-bar') private accessor noticeBar!: NoticeBar;
  readonly #engine = new LearningController(this, learning);
  #stopLater: (() => void) | undefined;

  constructor() {
    super();
    new ListenController(this, window, 'hashchange', () => this.#navigate());
    new ListenController<CustomEvent<Notice>>(this, window, 'pp-notice', ({ detail }) => {
      this.noticeBar.show(detail);
    });
    for (const source of [dataLossDetector, workUnderWay, freeSpaceWatch, installApp]) {
      new ListenController(this, source, 'change');
    }
    new ListenController(this, backupRun, 'change', () => this.#onBackup());
    new ListenController(this, updates, 'change', () => this.#onUpdates());
    new ListenController(this, airplaneMode, 'change', () => this.#onAirplaneMode());
    new ListenController(this, trainingRun, 'change', () => this.#onTraining());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#describe();
    // pp-drop-target takes them once it is loaded.
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, keepPage);
    void this.#startInBackground();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopLater?.();
  }

  override render() {
    return html`
      <div class="body">
        <div class="banners">${this.#banners()}</div>
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

  #banners() {
    const storage = storageBanner(() => this.#openRestore());
    if (storage) return storage;
    // A reload would interrupt the running work, so the offer waits until the work is done.
    if (updates.waiting && !this.updateLater && !workUnderWay.what) {
      return html`<pp-banner
        icon="download"
        text=${msg('A new version is ready.')}
        action=${msg('Reload')}
        dismissable
        @action=${() => updates.apply()}
        @dismiss=${() => (this.updateLater = true)}
      ></pp-banner>`;
    }
    if (updates.offline === 'failed') {
      return html`<pp-banner
        icon="warning"
        .text=${updates.problem?.message ?? msg('The app is not stored on this phone yet.')}
        action=${msg('Try again')}
        @action=${() => void updates.retry()}
      ></pp-banner>`;
    }
    if (installApp.offered && !workUnderWay.what) return this.#installOffer();
    // Train and Live show the engine's status themselves.
    const failed = this.#engine.status.phase === 'failed';
    if (failed && (this.route === 'capture' || this.route === 'photos')) {
      return html`<pp-banner
        icon="warning"
        text=${msg('Training and live answers do not start. Taking and keeping photos works.')}
        action=${msg('Try again')}
        @action=${() => void this.#startLearning()}
      ></pp-banner>`;
    }
    return nothing;
  }

  #installOffer() {
    const asks = installApp.way === 'prompt';
    return html`<pp-banner
      icon="download"
      text=${msg('Put Purrceptron on your home screen: your photos are safer there.')}
      action=${asks ? msg('Install') : msg('Show how')}
      dismissable
      @action=${() => (asks ? void installApp.ask() : this.#showInstallSteps())}
      @dismiss=${() => installApp.dismiss()}
    ></pp-banner>`;
  }

  #showInstallSteps(): void {
    installApp.dismiss();
    location.hash = `${hrefOf('settings')}?install`;
  }

  /** Starts everything that must not delay the first paint. */
  async #startInBackground(): Promise<void> {
    const started = Date.now();
    void watchEnd();
    // The first page is loaded before everything else; if that fails, the outlet reports it.
    await PAGES[this.route].load().catch(() => undefined);
    dataLossDetector.start();
    await whenIdle();
    void this.#startLater();
    void preloadPages();
    // In sequence, to limit the number of disk writes during the start.
    void this.#startLearning().then(whenIdle).then(beginFreshLog);
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

  /** The app works without it, so a failure is not reported. */
  async #startLater(): Promise<void> {
    const later = await import('./later.ts').catch(() => undefined);
    if (this.isConnected) this.#stopLater = later?.startLater();
  }

  /** Opens the settings, to restore a backup of what the browser cleared. */
  #openRestore(): void {
    location.hash = `${hrefOf('settings')}?restore`;
  }

  async #startLearning(): Promise<void> {
    // The engine's status contains a failure; the banner and the pages show it.
    await learning.start().catch(() => undefined);
  }

  #navigate(): void {
    this.route = routeOf(location.hash);
    this.#describe();
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

  #onUpdates(): void {
    this.updateLater &&= updates.waiting;
    this.requestUpdate();
  }

  #onTraining(): void {
    if (trainingRun.state === 'done') void installApp.offerOnce();
  }

  /** A complete restore brings back the lost data, as far as the backup contains it. */
  #onBackup(): void {
    const { state } = backupRun;
    const isWhole = state.kind === 'restored' && !state.report.problem;
    if (isWhole && dataLossDetector.lost) dataLossDetector.acknowledge();
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
    .banners:not(:has(pp-banner)) {
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
