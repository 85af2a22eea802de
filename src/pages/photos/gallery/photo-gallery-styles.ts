import { css } from 'lit';

export const photoGalleryStyles = css`
  :host {
    position: relative;
    height: 100%;
  }
  .scroller {
    height: 100%;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) 88px env(safe-area-inset-left);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  :host([selecting]) .scroller {
    padding-bottom: 140px;
  }
  pp-proportion-bar {
    margin: 0 var(--side);
  }
  .chips {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    gap: 8px;
    padding: 10px var(--side);
    overflow-x: auto;
    background: var(--paper);
    scrollbar-width: none;
  }
  .chip {
    flex: none;
    gap: 6px;
    padding: 0 15px;
    color: var(--chip);
  }
  .chip span {
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .chip[aria-pressed='true'] {
    border-color: transparent;
    background: var(--ink);
    color: var(--paper);
  }
  .chip[aria-pressed='true'] span,
  .check span {
    color: inherit;
  }
  .check {
    color: var(--wrong);
  }
  pp-photo-grid {
    margin: 2px 4px;
  }
  .none {
    padding: 32px var(--side);
    text-align: center;
  }
  pp-selection-bar {
    position: absolute;
    bottom: 12px;
    inset-inline: 12px;
    z-index: 2;
    max-width: 560px;
    margin-inline: auto;
  }
  @container (min-width: 840px) {
    pp-photo-grid {
      margin-inline: var(--side);
    }
    pp-proportion-bar {
      max-width: 520px;
    }
  }
`;
