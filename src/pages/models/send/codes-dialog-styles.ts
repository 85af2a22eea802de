import { css } from 'lit';

export const codesDialogStyles = css`
  h2 {
    overflow-wrap: anywhere;
  }
  .columns,
  .words {
    display: grid;
    gap: 16px;
  }
  .columns {
    margin-top: 12px;
  }
  /* White in both themes: a reader needs a light border. */
  .paper {
    justify-self: center;
    overflow: hidden;
    width: min(100%, 62dvh);
    padding: 4px;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: #fff;
  }
  .sequence {
    display: flex;
    align-items: center;
    gap: 16px;
  }
  .position {
    display: grid;
    flex: 1;
    gap: 8px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .sequence .round {
    background: var(--press-soft);
    color: var(--press);
  }
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    dialog.sheet {
      width: min(880px, 100%);
    }
    .columns {
      grid-template-columns: auto minmax(0, 1fr);
      gap: 32px;
      align-items: center;
    }
    .paper {
      width: min(470px, 62dvh);
    }
  }
`;
