import { css } from 'lit';

/** A place that lies behind the photos: the way back, a title, and what scrolls below them. */
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
