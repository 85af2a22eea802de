import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { RunReport } from '../../../session/import-run.ts';
import { icon } from '../../../ui/icons.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { problemLineStyles } from '../../../ui/problem-line.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { importSummary } from '../photo-sentences.ts';

/** Maximum number of refused files that are listed by name. */
const LISTED = 100;

/** The report of an import: duplicates, refused files with the reason, and a storage error. */
@customElement('pp-import-report')
export class ImportReportElement extends LitElement {
  @property({ attribute: false }) accessor report: RunReport | undefined;

  override render() {
    if (!this.report) return nothing;
    const { refused, problem } = this.report;
    const { sentences } = importSummary(this.report);
    const files = wholeNumber(refused.length);
    const unlisted = refused.length - LISTED;
    const more = wholeNumber(unlisted);
    return html`
      ${
        problem
          ? html`<p class="problem">${icon('warning')} <span>${problem.message}</span></p>`
          : nothing
      }
      ${sentences.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
      ${
        refused.length > 0
          ? html`<h3>
                ${plural(refused.length, {
                  one: msg('1 file was not taken'),
                  other: msg(str`${files} files were not taken`),
                })}
              </h3>
              <ul>
                ${refused
                  .slice(0, LISTED)
                  .map(
                    ({ name, reason }) =>
                      html`<li data-refused>
                        ${pathOf(name)}<span class="quiet">${reason}</span>
                      </li>`,
                  )}
                ${
                  unlisted > 0
                    ? html`<li class="quiet">${msg(str`and ${more} more`, { desc: 'files' })}</li>`
                    : nothing
                }
              </ul>`
          : nothing
      }
    `;
  }

  static override styles = [
    sharedStyles,
    problemLineStyles,
    css`
      p {
        margin-top: 6px;
      }
      h3 {
        margin: 20px 0 8px;
        font-size: 0.9375rem;
      }
      ul {
        max-height: 40vh;
        padding: 0 16px;
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: 16px;
      }
      li {
        display: grid;
        padding: 10px 0;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      strong {
        display: flex;
        justify-self: start;
        max-width: 100%;
        font-size: 0.875rem;
      }
      /* Of a long path, the folders are cut and the file's name is not. */
      .folders {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .file {
        flex: none;
        max-width: 100%;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

/** The path of a file, which runs from left to right in every language. */
function pathOf(path: string) {
  const start = path.lastIndexOf('/') + 1;
  return html`<strong dir="ltr" title=${path}
    ><bdi class="folders">${path.slice(0, start)}</bdi
    ><bdi class="file">${path.slice(start)}</bdi></strong
  >`;
}
