import type { LitElement, ReactiveController } from 'lit';

/** Brings a section into sight, and the focus to its heading, when the address asks: `#/settings?NAME`. */
export class RevealSection implements ReactiveController {
  readonly #host: LitElement;
  readonly #name: string;

  constructor(host: LitElement, name: string) {
    this.#host = host;
    this.#name = name;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('hashchange', this.#look);
    void this.#host.updateComplete.then(this.#look);
  }

  hostDisconnected(): void {
    window.removeEventListener('hashchange', this.#look);
  }

  readonly #look = () => {
    if (!location.hash.endsWith(`?${this.#name}`)) return;
    this.#host.scrollIntoView({ block: 'start' });
    this.#host.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
  };
}
