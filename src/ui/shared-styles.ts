import { css } from 'lit';

/** Buttons, cards and text that every page uses, so that they look the same everywhere. */
export const sharedStyles = css`
  :host {
    box-sizing: border-box;
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1 {
    margin: 0;
    /* Large text is large already: a title must not grow wider than a phone. */
    font-size: min(1.875rem, 11vw);
    line-height: 1.15;
    letter-spacing: -0.01em;
  }
  h1:dir(rtl) {
    /* Arabic letters join: space between them tears words apart. */
    letter-spacing: 0;
  }
  [data-directed]:dir(rtl) {
    /* Not by transform: that may turn it already. */
    scale: -1 1;
  }
  h2 {
    margin: 0;
    font-size: 1.125rem;
    line-height: 1.3;
  }
  p {
    margin: 0;
  }
  .quiet {
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .card {
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--card);
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--target);
    padding: 0 20px;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--card);
    color: var(--ink);
    font: 600 0.9375rem/1.2 var(--font);
    text-decoration: none;
    cursor: pointer;
  }
  button.primary,
  .button.primary {
    min-height: 52px;
    border-color: transparent;
    background: var(--press);
    color: var(--on-press);
    font-size: 1.0625rem;
  }
  /* An icon for its words: as wide as high, whatever stands beside it. */
  .round {
    flex: none;
    width: var(--target);
    padding: 0;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  :focus-visible {
    outline: 3px solid var(--press);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A page of text and cards, which scrolls by itself. */
export const pageStyles = css`
  :host {
    /* Holds what is hidden but spoken, so that it makes nothing outside scroll. */
    position: relative;
    height: 100%;
    padding: calc(20px + env(safe-area-inset-top)) calc(16px + env(safe-area-inset-right)) 24px
      calc(16px + env(safe-area-inset-left));
    overflow-y: auto;
    overscroll-behavior: contain;
  }
`;
