import { html, nothing, type TemplateResult } from 'lit';
import { msg } from '../i18n/msg.ts';
import { backupRun } from '../session/backup-run.ts';
import { canvasWatch } from '../session/canvas-watch.ts';
import { dataLossDetector } from '../session/data-loss-detector.ts';
import { freeSpaceWatch } from '../session/free-space-watch.ts';
import { installAdviser } from '../session/install-advice.ts';
import { learning } from '../session/learning.ts';
import { isProbablyPrivate } from '../session/private-window.ts';
import type { Route } from '../session/routes.ts';
import { updates } from '../session/updates.ts';
import { workUnderWay } from '../session/work-under-way.ts';
import { slowOpening } from '../storage/slow-opening.ts';
import './banner.ts';
import { installBanner } from './install-banner.ts';
import { storageBanner } from './storage-banner.ts';

/**
 * The one banner above the page, and everything that decides on it. The shell loads it after its
 * first page.
 */
export class Banners {
  readonly #onChange: () => void;
  #updateLater = false;
  #isPrivate = false;

  /** @param onChange called when `render` gives another banner */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** @returns a function that stops it */
  start(): () => void {
    const sources: [EventTarget, () => void][] = [
      [dataLossDetector, this.#onChange],
      [workUnderWay, this.#onChange],
      [freeSpaceWatch, this.#onChange],
      [installAdviser, this.#onChange],
      [canvasWatch, this.#onChange],
      [slowOpening, this.#onChange],
      [learning, this.#onChange],
      [backupRun, this.#onBackup],
      [updates, this.#onUpdates],
    ];
    for (const [source, listener] of sources) source.addEventListener('change', listener);
    const stopAdvice = installAdviser.start();
    void canvasWatch.check();
    void isProbablyPrivate().then((isPrivate) => this.#setPrivate(isPrivate));
    this.#onBackup();
    return () => {
      stopAdvice();
      for (const [source, listener] of sources) source.removeEventListener('change', listener);
    };
  }

  /** The most important one for the page at `route`. */
  render(route: Route): TemplateResult | typeof nothing {
    return (
      storageBanner() ??
      this.#update() ??
      this.#offline() ??
      this.#private() ??
      (workUnderWay.what ? undefined : installBanner(installAdviser)) ??
      this.#engine(route) ??
      nothing
    );
  }

  #update() {
    // A reload would interrupt the running work, so the offer waits until the work is done.
    if (!updates.waiting || this.#updateLater || workUnderWay.what) return undefined;
    return html`<pp-banner
      icon="download"
      text=${msg('A new version is ready.')}
      action=${msg('Reload')}
      dismissable
      @action=${() => updates.apply()}
      @dismiss=${this.#postpone}
    ></pp-banner>`;
  }

  #offline() {
    if (updates.offline !== 'failed') return undefined;
    return html`<pp-banner
      icon="warning"
      .text=${updates.problem?.message ?? msg('The app is not stored on this phone yet.')}
      action=${msg('Try again')}
      @action=${() => void updates.retry()}
    ></pp-banner>`;
  }

  #private() {
    if (!this.#isPrivate) return undefined;
    return html`<pp-banner
      icon="warning"
      data-private
      text=${msg('This window seems to be private: when you close it, your photos and models are gone. Open the app in a normal window to keep them.')}
      dismissable
      dismissal=${msg('Understood')}
      @dismiss=${() => this.#setPrivate(false)}
    ></pp-banner>`;
  }

  #engine(route: Route) {
    // Train and Live show the engine's status themselves.
    const isShown = route === 'capture' || route === 'photos';
    if (learning.status.phase !== 'failed' || !isShown) return undefined;
    return html`<pp-banner
      icon="warning"
      text=${msg('Training and live answers do not start. Taking and keeping photos works.')}
      action=${msg('Try again')}
      @action=${() => void learning.start().catch(() => undefined)}
    ></pp-banner>`;
  }

  readonly #postpone = () => {
    this.#updateLater = true;
    this.#onChange();
  };

  readonly #onUpdates = () => {
    this.#updateLater &&= updates.waiting;
    this.#onChange();
  };

  /** A complete restore brings back the lost data, as far as the backup contains it. */
  readonly #onBackup = () => {
    const { state } = backupRun;
    const isWhole = state.kind === 'restored' && !state.report.problem;
    if (isWhole && dataLossDetector.lost) dataLossDetector.acknowledge();
  };

  #setPrivate(isPrivate: boolean): void {
    this.#isPrivate = isPrivate;
    this.#onChange();
  }
}
