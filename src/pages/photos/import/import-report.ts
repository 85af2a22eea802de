import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { RefusedFile } from '../../../photos/import/found-picture.ts';
import type { RunReport } from '../../../session/import-run.ts';
import { icon } from '../../../ui/icons.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import { problemLineStyles } from '../../../ui/problem-line.ts';
import { sharedStyles } from '../../../ui/shared-styles.ts';
import { importSummary } from '../photo-sentences.ts';

/** Maximum number of refused files that are listed by name. */
const LISTED = 100;
/** Up to this many files with the same reason have a line each; more of them share one line. */
const MOST_ALIKE = 5;

/** The report of an import: duplicates, refused files with the reason, and a storage error. */
@customElement('pp-import-report')
export class ImportReportElement extends LitElement {
  @property({ attribute: false }) accessor report: RunReport | undefined;

  override render() {
    if (!this.report) return nothing;
    const { refused, problem } = this.report;
    const { sentences } = importSummary(this.report);
    const files = wholeNumber(refused.length);
    const groups = byReason(refused);
    const unlisted = groups.length - LISTED;
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
                ${groups.slice(0, LISTED).map(
                  ({ reason, names }) =>
                    html`<li data-refused>
                      ${names.length === 1 ? pathOf(names[0]!) : namesOf(names)}
                      <span class="quiet">${reason}</span>
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
      summary {
        cursor: pointer;
      }
      summary strong {
        display: inline-flex;
        vertical-align: bottom;
        margin-inline-end: 8px;
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

interface Refused {
  readonly reason: string;
  readonly names: readonly string[];
}

/** Files that were refused, those with the same reason together if they are many. */
function byReason(refused: readonly RefusedFile[]): Refused[] {
  const names = new Map<string, string[]>();
  for (const { name, reason } of refused) {
    const same = names.get(reason);
    if (same) same.push(name);
    else names.set(reason, [name]);
  }
  return [...names].flatMap(([reason, all]): Refused[] =>
    all.length > MOST_ALIKE
      ? [{ reason, names: all }]
      : all.map((name) => ({ reason, names: [name] })),
  );
}

/** The first of many files, which opens the list of the others. */
function namesOf(names: readonly string[]) {
  const [first, ...others] = names;
  const more = wholeNumber(others.length);
  return html`<details>
    <summary>
      ${pathOf(first!)}<span class="quiet">${msg(str`and ${more} more`, { desc: 'files' })}</span>
    </summary>
    ${others.slice(0, LISTED).map(pathOf)}
  </details>`;
}

/** The path of a file, which runs from left to right in every language. */
function pathOf(path: string) {
  const start = path.lastIndexOf('/') + 1;
  return html`<strong dir="ltr" title=${path}
    ><bdi class="folders">${path.slice(0, start)}</bdi
    ><bdi class="file">${path.slice(start)}</bdi></strong
  >`;
}
