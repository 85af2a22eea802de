import { css } from 'lit';

export const expertPanelStyles = css`
  details {
    margin-bottom: 16px;
    padding: 0 16px;
    border: 1px solid var(--line);
    border-radius: 18px;
  }
  summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 60px;
    list-style: none;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary svg {
    flex: none;
    color: var(--quiet);
    transform: rotate(-90deg);
  }
  [open] summary svg {
    transform: rotate(90deg);
  }
  summary strong {
    margin-inline-end: 6px;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 190px), 1fr));
    gap: 10px 14px;
    padding: 4px 0 16px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .field .quiet {
    font-weight: 400;
  }
  .note {
    font-weight: 400;
    font-size: 0.875rem;
  }
  .note:empty {
    display: none;
  }
  .note[data-wrong='true'] {
    color: var(--wrong);
  }
  .switch {
    padding: 0;
  }
  .field select {
    padding: 0 12px;
    font-size: 1rem;
    text-overflow: ellipsis;
  }
  button {
    width: 100%;
    margin-bottom: 16px;
  }
`;
