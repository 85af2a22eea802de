import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '../i18n/msg.ts';
import { otherTasks } from '../platform/in-steps.ts';
import { safeSessionStorage } from '../platform/web-storage.ts';
import { icon } from '../ui/icons.ts';
import { ListenController } from '../ui/listen-controller.ts';
import { sharedStyles } from '../ui/shared-styles.ts';
import { fade } from './fade.ts';
import { PAGES } from './pages.ts';
import type { Route } from '../session/routes.ts';
import { workUnderWay } from '../session/work-under-way.ts';

/** Session storage key of the route for which the window was reloaded after a failed import. */
const RELOADED = 'purrceptron-reloaded-for';

/**
 * Contains the element of the visible page only. It is the app's scroll container: pages can have
 * any height; a page with `height: 100%` fills it exactly.
 */
@customElement('pp-page-outlet')
export class PageOutlet extends LitElement {
  @property() accessor route: Route = 'capture';
  @state() private accessor page: LitElement | undefined;
  @state() private accessor failed = false;
  /** Resolves when the page of the latest route is there, or its failure; it never rejects. */
  opened: Promise<void> = Promise.resolve();

  constructor() {
    super();
    new ListenController(this, workUnderWay, 'change');
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) {
      this.opened = this.#open(this.route, changed.get('route') !== undefined);
    }
  }

  override render() {
    if (this.failed) return this.#failure();
    return this.page ?? html`<div class="waiting" role="status">${msg('Opening…')}</div>`;
  }

  async #open(route: Route, moveFocus: boolean): Promise<void> {
    this.failed = false;
    try {
      await PAGES[route].load();
      // At the start the page comes with the shell, which is painted first: one task for both would
      // keep a slow phone from answering taps. Later the page of before must go at once.
      if (!this.page) await otherTasks();
      if (route !== this.route) return;
      safeSessionStorage.remove(RELOADED);
    } catch (thrown) {
      if (route !== this.route) return;
      console.error(thrown);
      this.failed = true;
      this.page = undefined;
      return;
    }
    const show = () => this.#show(route, moveFocus);
    await (this.page ? fade(show) : show());
  }

  async #show(route: Route, moveFocus: boolean): Promise<void> {
    // The route may have changed during the transition; the call for the newer route shows its
    // page.
    if (route !== this.route) return;
    // Away and back before the other page was there: this one has seen the address already, and may
    // have opened what it names.
    if (this.page?.localName === PAGES[route].tag) return;
    this.page = document.createElement(PAGES[route].tag) as LitElement;
    await this.updateComplete;
    this.scrollTop = 0;
    if (moveFocus) await focusHeading(this.page);
  }

  /**
   * After an update the old files may be missing. A reload gets the new ones, so it is offered
   * once.
   */
  #failure() {
    const { title } = PAGES[this.route];
    const hasReloaded = safeSessionStorage.read(RELOADED) === this.route;
    return html`<section class="failure">
      ${icon('warning')}
      <h1>${msg(str`${title} did not open`, { desc: 'a page, such as Photos' })}</h1>
      <p>
        ${
          hasReloaded
            ? msg('It is still missing after a reload. Connect to the internet and try once more.')
            : msg('A part of the app is missing, perhaps because a new version has just arrived.')
        }
        ${msg('Your photos and models are safe.')}
      </p>
      <button class="primary" ?disabled=${workUnderWay.what !== undefined} @click=${this.#reload}>
        ${reloadWords(workUnderWay.what)}
      </button>
    </section>`;
  }

  readonly #reload = () => {
    safeSessionStorage.write(RELOADED, this.route);
    location.reload();
  };

  static override styles = [
    sharedStyles,
    css`
      :host {
        position: relative;
        overflow: hidden auto;
        overscroll-behavior: contain;
      }
      .waiting {
        padding: 24px;
        color: var(--quiet);
        animation: appear 0.1s 0.4s both;
      }
      .failure {
        display: flex;
        flex-direction: column;
        align-items: flex-start;
        gap: 16px;
        max-width: 520px;
        margin: 10vh auto 0;
        padding: 24px;
      }
      .failure > svg {
        width: 40px;
        height: 40px;
        color: var(--wrong);
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
    `,
  ];
}

/** Label of the button, which names the work that has to finish first. */
function reloadWords(work: typeof workUnderWay.what): string {
  switch (work) {
    case 'training':
      return msg('Reload when the training is over');
    case 'import':
      return msg('Reload when the import is over');
    case 'backup':
      return msg('Reload when the backup is over');
    case 'export':
      return msg('Reload when the export is over');
    default:
      return msg('Reload');
  }
}

/** Moves the focus to the page's heading, so that a screen reader announces the page. */
async function focusHeading(page: LitElement): Promise<void> {
  await page.updateComplete;
  const heading = page.shadowRoot?.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
