import { css } from 'lit';
import { factRowsStyles } from '../../ui/fact-rows-styles.ts';

/** Styles of a card with a title, rows of facts, and buttons. */
export const sectionStyles = css`
  ${factRowsStyles}
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
  h2:focus {
    outline: none;
  }
  .quiet {
    overflow-wrap: anywhere;
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
