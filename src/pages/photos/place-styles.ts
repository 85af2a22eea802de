import { css } from 'lit';

/**
 * Styles of a subpage of Photos: a header with the back button and the title, and scrolling
 * content.
 */
export const placeStyles = css`
  :host {
    height: 100%;
    padding: calc(12px + env(safe-area-inset-top)) var(--side) 32px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  header {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: -10px;
  }
  h1:focus {
    outline: none;
  }
  .back {
    flex: none;
    width: var(--target);
    padding: 0;
    border-color: transparent;
    background: transparent;
  }
`;
