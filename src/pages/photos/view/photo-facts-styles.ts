import { css } from 'lit';

export const photoFactsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  .labels {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .labels button {
    flex: 1 1 96px;
    min-height: 56px;
    font-size: 1.0625rem;
    overflow-wrap: anywhere;
  }
  .labels[data-many] button {
    flex: 0 1 auto;
    max-width: 100%;
    min-height: var(--target);
    padding: 0 16px;
    font-size: 0.9375rem;
  }
  pp-opinion-card {
    padding-block: 14px;
    border-block: 1px solid var(--line);
  }
  .alike {
    display: flex;
    gap: 6px;
    margin-top: 6px;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .alike button {
    flex: none;
    width: 72px;
    height: 72px;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--radius-photo);
  }
  .alike button:focus-visible {
    outline-offset: -4px;
  }
  pp-photo-thumbnail {
    width: 100%;
    height: 100%;
  }
  summary {
    display: flex;
    align-items: center;
    min-height: var(--target);
    font-weight: 600;
    cursor: pointer;
  }
  pp-augmented-pictures {
    margin-top: 10px;
  }
`;
