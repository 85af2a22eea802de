import { css, html } from 'lit';

/**
 * A line of as many parts as there are QR codes. Decorative: the text beside it says the same.
 *
 * @param filled whether each part is
 */
export function codeParts(filled: readonly boolean[]) {
  return html`<div class="parts" aria-hidden="true">
    ${filled.map((isFilled) => html`<i ?data-filled=${isFilled}></i>`)}
  </div>`;
}

export const codePartsStyles = css`
  .parts {
    display: flex;
    gap: min(4px, 1%);
    height: 6px;
  }
  .parts i {
    flex: 1 1 0;
    border-radius: 3px;
    background: var(--part, var(--line));
  }
  .parts i[data-filled] {
    background: var(--press);
  }
`;
