import { css } from 'lit';

/** Styles of the buttons, cards and text on every page. */
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
    /* The limit in vw keeps a title within a phone's width when the user enlarges text. */
    font-size: min(1.875rem, 11vw);
    line-height: 1.15;
    letter-spacing: var(--tight);
  }
  [data-directed] {
    /* Not the transform property, which may already rotate the icon. */
    scale: var(--reading) 1;
  }
  h2 {
    margin: 0;
    font-size: 1.125rem;
    line-height: 1.3;
  }
  p {
    margin: 0;
  }
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
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
  /* A button with only an icon: as wide as it is high. */
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

/** Styles of a page of text and cards that is its own scroll container. */
export const pageStyles = css`
  :host {
    /* The containing block of visually hidden text, so that it does not extend an outer scroll
       area. */
    position: relative;
    height: 100%;
    padding: calc(20px + env(safe-area-inset-top)) calc(16px + env(safe-area-inset-right)) 24px
      calc(16px + env(safe-area-inset-left));
    overflow-y: auto;
    overscroll-behavior: contain;
  }
`;
