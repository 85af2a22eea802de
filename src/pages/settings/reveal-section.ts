import type { LitElement, ReactiveController } from 'lit';
import { ListenController } from '../../ui/listen-controller.ts';

/**
 * Scrolls a section into view and moves the focus to its heading at the address `#/settings?NAME`.
 */
export class RevealSection implements ReactiveController {
  readonly #host: LitElement;
  readonly #name: string;

  constructor(host: LitElement, name: string) {
    this.#host = host;
    this.#name = name;
    host.addController(this);
    new ListenController(host, window, 'hashchange', () => this.#reveal());
  }

  hostConnected(): void {
    void this.#host.updateComplete.then(() => this.#reveal());
  }

  #reveal(): void {
    if (!location.hash.endsWith(`?${this.#name}`)) return;
    this.#host.scrollIntoView({ block: 'start' });
    this.#host.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  }
}
