import { css } from 'lit';

export const addBaseStyles = css`
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    margin-top: 12px;
  }
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .pair > * {
    flex: 1 1 0;
    padding: 0 12px;
    white-space: nowrap;
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
  .or {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .or::before,
  .or::after {
    flex: 1;
    height: 1px;
    background: var(--line);
    content: '';
  }
  .body .row {
    padding: 7px 0;
  }
`;
