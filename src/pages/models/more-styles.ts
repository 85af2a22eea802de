import { css } from 'lit';

/** Styles of a `<summary>` in a card: quiet, underlined, and large enough for a finger. */
export const moreStyles = css`
  summary {
    display: inline-flex;
    align-items: center;
    min-width: var(--target);
    min-height: var(--target);
    color: var(--quiet);
    font-size: 0.875rem;
    text-decoration: underline;
    text-underline-offset: 4px;
    cursor: pointer;
  }
`;
