import { css } from 'lit';

export const manyDialogStyles = css`
  /* A table that grows does not move the sheet. */
  dialog.sheet:not([data-many-state='choose']) {
    min-height: 60%;
  }
  h2:focus {
    outline: none;
  }
  p {
    margin-block-start: 8px;
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 12px;
    margin-block-start: 20px;
  }
  .choices button,
  .wide {
    min-height: 52px;
    padding-inline: 12px;
  }
  .wide {
    width: 100%;
    margin-block-start: 16px;
  }
  pp-progress-bar {
    margin-block-start: 16px;
  }
  .problem {
    color: var(--wrong);
  }
  .chips {
    display: flex;
    gap: 8px;
    margin-inline: -20px;
    padding: 16px 20px 8px;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .chip {
    flex: none;
    gap: 6px;
    padding: 0 14px;
    color: var(--chip);
    font-variant-numeric: tabular-nums;
  }
  .chip[aria-pressed='true'] {
    border-color: transparent;
    background: var(--ink);
    color: var(--paper);
  }
  .actions button {
    padding-inline: 12px;
  }
`;
