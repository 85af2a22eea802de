import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Problem } from '../../../platform/problem.ts';
import { hrefOf, MANY_ADDRESS } from '../../../session/routes.ts';
import { ListenController } from '../../../ui/listen-controller.ts';
import { notify } from '../../../ui/notice.ts';
import type { ManyDialog } from './many-dialog.ts';

/** The sheet for many photos on its page. It and its code come when somebody asks. */
export class ManySheet implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #dialog: () => ManyDialog;
  #isRendered = false;

  /** @param dialog the page's `pp-many-dialog` */
  constructor(host: ReactiveControllerHost & HTMLElement, dialog: () => ManyDialog) {
    this.#host = host;
    this.#dialog = dialog;
    host.addController(this);
    new ListenController(host, window, 'hashchange', () => this.#openFromAddress());
  }

  hostUpdated(): void {
    if (this.#isRendered) return;
    this.#isRendered = true;
    this.#openFromAddress();
  }

  /** Opens the sheet, which asks about `files` unless there are none. */
  async open(files: readonly File[]): Promise<void> {
    try {
      await import('./many-dialog.ts');
      this.#dialog().open(files);
    } catch (thrown) {
      notify(this.#host, { text: Problem.from(thrown).message, tone: 'wrong' });
    }
  }

  /** Prevents that a reload or going back opens the sheet again, once it was closed. */
  readonly removeQuery = () => {
    if (location.hash.startsWith(MANY_ADDRESS)) {
      history.replaceState(history.state, '', hrefOf('live'));
    }
  };

  /** `#/live?many` opens the sheet. */
  #openFromAddress(): void {
    if (location.hash.startsWith(MANY_ADDRESS)) void this.open([]);
  }
}
