import { css } from 'lit';
import { factRowsStyles } from '../../../ui/fact-rows-styles.ts';

export const addModelStyles = css`
  ${factRowsStyles}
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    margin-top: 12px;
  }
  form > .primary {
    width: 100%;
  }
  .wrong {
    color: var(--wrong);
  }
  .wrong:empty {
    display: none;
  }
  fieldset {
    display: grid;
    gap: 12px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-bottom: 8px;
    padding: 0;
    font-weight: 600;
  }
  .check {
    display: flex;
    gap: 12px;
    align-items: center;
    min-height: var(--target);
  }
  .check input {
    flex: none;
    width: 22px;
    height: 22px;
    margin: 0;
    accent-color: var(--press);
  }
  .body .row {
    padding: 7px 0;
  }
`;
