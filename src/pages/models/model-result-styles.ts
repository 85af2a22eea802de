import { css } from 'lit';

export const modelResultStyles = css`
  :host {
    display: grid;
    gap: 12px;
    max-width: 1240px;
  }
  .columns,
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    align-content: start;
  }
  .hindrance {
    color: var(--wrong);
  }
  .matrix {
    padding-inline: 14px;
  }
  .matrix h2,
  .matrix > p {
    padding-inline: 6px;
  }
  pp-cell-photos {
    margin-top: 12px;
    padding-inline: 6px;
  }
  [data-mistakes] p {
    margin-block: 4px 12px;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(72px, auto) 1fr;
    gap: 8px 16px;
    margin: 12px 0 0;
    font-size: 0.875rem;
  }
  dt {
    color: var(--quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .facts p {
    margin-top: 12px;
  }
  @container (min-width: 1080px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 16px;
    }
    .column {
      gap: 16px;
    }
  }
`;
