import { css } from 'lit';

/** Styles of facts in a `dl`, each in a `.row` with its name on one side and its value on the other. */
export const factRowsStyles = css`
  dl {
    display: grid;
    margin: 0;
  }
  .row {
    display: flex;
    justify-content: space-between;
    gap: 16px;
    padding: 10px 0;
    border-top: 1px solid var(--line);
  }
  .row:first-child {
    border-top: 0;
  }
  dt {
    color: var(--quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`;
