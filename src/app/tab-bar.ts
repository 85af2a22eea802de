import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { icon } from '../ui/icons.ts';
import { PAGES } from './pages.ts';
import { hrefOf, type Route } from '../session/routes.ts';

const TABS = ['capture', 'photos', 'train', 'live'] as const satisfies readonly Route[];

/** Routes without a tab, and the tab that is highlighted instead. */
const OPENS_FROM: Readonly<Partial<Record<Route, (typeof TABS)[number]>>> = {
  settings: 'photos',
  models: 'train',
};

/**
 * Navigation between the four main pages: a bar at the bottom of a phone, a rail at the side of a
 * wide window.
 */
@customElement('pp-tab-bar')
export class TabBar extends LitElement {
  @property() accessor route: Route = 'capture';

  override render() {
    return html`<nav
      aria-label=${msg('Main', { id: 'main-navigation', desc: 'the bar of the app’s pages' })}
    >
      ${TABS.map((route) => this.#tab(route))}
    </nav>`;
  }

  #tab(route: (typeof TABS)[number]) {
    return html`<a href=${hrefOf(route)} aria-current=${this.#current(route)}>
      <span class="pill">${icon(route)}</span>
      <span>${PAGES[route].title}</span>
    </a>`;
  }

  #current(tab: Route): 'page' | 'true' | 'false' {
    if (tab === this.route) return 'page';
    return tab === OPENS_FROM[this.route] ? 'true' : 'false';
  }

  static override styles = css`
    :host {
      display: block;
      border-top: 1px solid var(--line);
      background: var(--card);
      padding: 0 env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
    }
    nav {
      display: flex;
      justify-content: center;
      height: 68px;
    }
    a {
      display: flex;
      flex: 1;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 4px;
      max-width: 120px;
      color: var(--quiet);
      /* The limit in vw keeps four labels side by side when the user enlarges text. */
      font-size: min(0.75rem, 4.4vw);
      font-weight: 600;
      text-decoration: none;
    }
    .pill {
      display: grid;
      place-items: center;
      width: 60px;
      height: 32px;
      border-radius: 999px;
    }
    a:hover .pill {
      background: color-mix(in srgb, var(--press-soft) 60%, transparent);
    }
    a:not([aria-current='false']) {
      color: var(--press);
    }
    a:not([aria-current='false']) .pill {
      background: var(--press-soft);
    }
    a:focus-visible {
      outline: 3px solid var(--press);
      outline-offset: -4px;
      border-radius: 16px;
    }
    @media (prefers-reduced-motion: no-preference) {
      .pill {
        transition: background-color 0.15s;
      }
    }
    @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
      :host {
        border-top: 0;
        border-inline-end: 1px solid var(--line);
        padding: env(safe-area-inset-top) 0 env(safe-area-inset-bottom) env(safe-area-inset-left);
      }
      nav {
        flex-direction: column;
        justify-content: flex-start;
        gap: 8px;
        width: 88px;
        height: 100%;
        box-sizing: border-box;
        padding: 16px 0;
      }
      a {
        flex: 0 1 68px;
        max-width: none;
      }
    }
  `;
}
