import { css } from 'lit';

export const importDialogStyles = css`
  .quiet {
    margin-top: 4px;
  }
  .classes {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(148px, 1fr));
    gap: 12px;
    margin-top: 20px;
  }
  .classes button {
    flex-direction: column;
    align-items: flex-start;
    text-align: left;
    gap: 2px;
    min-height: 120px;
    padding: 12px 20px;
    border: 0;
    border-radius: var(--radius-wide);
    color: var(--on-dark);
    font-size: 22px;
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .classes[data-many] button {
    min-height: 84px;
    font-size: 17px;
  }
  .classes span {
    font-size: 14px;
    font-weight: 600;
  }
  pp-progress-bar {
    margin-top: 20px;
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
`;
