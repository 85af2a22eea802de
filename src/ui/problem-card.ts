import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '../i18n/msg.ts';
import { icon } from './icons.ts';
import { sharedStyles } from './shared-styles.ts';

/** The fields of a Problem that the card shows; the worker sends them as plain data. */
interface ShownProblem {
  readonly message: string;
  readonly detail?: string | undefined;
  readonly kind?: string;
}

/**
 * Shows a problem: its message, its details and a button.
 *
 * Event: `retry`, from the button.
 */
@customElement('pp-problem-card')
export class ProblemCard extends LitElement {
  @property({ attribute: false }) accessor problem: ShownProblem | undefined;
  @property() accessor heading = '';
  /** Label of the button; without a label there is no button. */
  @property() accessor action = msg('Try again');

  override render() {
    // The banner above every page says this one, and no other try helps.
    if (!this.problem || this.problem.kind === 'insecure') return nothing;
    const { message, detail } = this.problem;
    return html`<div class="card" role="alert">
      ${icon('warning')}
      <div>
        ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
        <p>${message}</p>
        ${
          detail
            ? html`<details>
                <summary>${msg('Details')}</summary>
                <p class="quiet">${detail}</p>
              </details>`
            : nothing
        }
        ${
          this.action
            ? html`<button @click=${() => this.dispatchEvent(new Event('retry'))}>
                ${this.action}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  static override styles = [
    sharedStyles,
    css`
      .card {
        display: flex;
        gap: 14px;
        border-color: var(--wrong);
      }
      .card > svg {
        flex: none;
        color: var(--wrong);
      }
      .card > div {
        min-width: 0;
      }
      h2 {
        margin-bottom: 4px;
      }
      button {
        margin-top: 14px;
      }
      summary {
        display: inline-block;
        padding: 12px 0 0;
        color: var(--quiet);
        font-size: 0.875rem;
        text-decoration: underline;
        text-underline-offset: 4px;
        cursor: pointer;
      }
      details p {
        margin-top: 4px;
        overflow-wrap: anywhere;
      }
    `,
  ];
}
