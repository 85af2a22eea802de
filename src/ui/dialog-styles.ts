import { css } from 'lit';

/**
 * A `<dialog class="sheet">`: it opens at the bottom of a phone, where a thumb reaches it, and in
 * the middle of a wide window.
 */
export const dialogStyles = css`
  dialog {
    color: var(--ink);
    border: 0;
  }
  /* The dialog itself takes the focus when it opens, so that no button looks selected. */
  dialog:focus-visible {
    outline: none;
  }
  dialog::backdrop {
    background: var(--scrim);
  }
  dialog.sheet {
    width: 100%;
    max-width: 100%;
    max-height: calc(100% - 40px);
    margin: auto 0 0;
    --sheet-end: calc(20px + env(safe-area-inset-bottom));
    padding: 24px 20px var(--sheet-end);
    border-radius: var(--radius-wide) var(--radius-wide) 0 0;
    /* The scrollbars of desktops do not follow round corners. */
    clip-path: inset(0 round var(--radius-wide) var(--radius-wide) 0 0);
    background: var(--card);
    overscroll-behavior: contain;
  }
  @container (min-width: 840px) {
    dialog.sheet {
      width: 480px;
      --sheet-end: 28px;
      margin: auto;
      padding: 28px;
      border-radius: var(--radius-wide);
      clip-path: inset(0 round var(--radius-wide));
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: rise 0.18s ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(24px);
      }
    }
  }
  .actions {
    display: flex;
    gap: 12px;
    margin-top: 24px;
  }
  .actions button {
    flex: 1;
    min-height: 52px;
  }
  .heading {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .round {
    border-color: transparent;
    background: transparent;
  }
`;
