import { html } from 'lit';

/** Facts in a `dl`, for `factRowsStyles`. @param rows name and value of each */
export function factRows(rows: readonly (readonly [name: string, value: unknown])[]) {
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div class="row">
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
