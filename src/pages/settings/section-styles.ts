import { css } from 'lit';

/** Styles of a card with a title, rows of facts, and buttons. */
export const sectionStyles = css`
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    height: 100%;
    align-content: start;
  }
  .title {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .title svg {
    flex: none;
    color: var(--press);
  }
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
  h2:focus {
    outline: none;
  }
  .quiet {
    overflow-wrap: anywhere;
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
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
  }
  .badge svg {
    width: 18px;
    height: 18px;
    color: var(--press);
  }
  /* A live region has to exist before its text appears. */
  .answer:empty {
    margin-top: -12px;
  }
  button,
  .button {
    justify-self: start;
  }
`;
