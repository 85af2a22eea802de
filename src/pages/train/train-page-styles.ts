import { css } from 'lit';

export const trainPageStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    max-width: 1240px;
    margin-bottom: 16px;
  }
  header p {
    flex-basis: 100%;
    margin-top: 6px;
    font-size: 0.9375rem;
  }
  .alike {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 16px;
    align-items: center;
    justify-content: space-between;
    max-width: 720px;
    margin-bottom: 12px;
    padding-block: 10px;
    padding-inline: 20px 12px;
    border-radius: 20px;
    background: var(--press-soft);
  }
  h1:focus {
    outline: none;
  }
  .cards,
  .columns,
  .column {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    align-content: start;
  }
  .cards,
  .skeleton {
    max-width: 720px;
  }
  /* On a phone there is one column, with the most important cards first. */
  .column {
    display: contents;
  }
  pp-result-card {
    order: 1;
  }
  .column pp-history-card {
    order: 2;
  }
  .column pp-ready-card {
    order: 3;
  }
  .column pp-under-the-hood {
    order: 4;
  }
  .buttons {
    display: flex;
    gap: 10px;
  }
  .buttons button {
    flex: 1;
    min-height: 56px;
    font-size: 1.0625rem;
  }
  .buttons .primary {
    flex: 1.5;
  }
  .skeleton {
    height: 200px;
    border-radius: var(--radius-card);
    background: var(--line);
    opacity: 0.6;
  }
  @container (min-width: 840px) {
    :host {
      padding-inline-end: 28px;
      padding-inline-start: 28px;
      --chart-height: 180px;
    }
  }
  @container (min-width: 1080px) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 16px;
      align-items: start;
      max-width: 1240px;
    }
    .column {
      display: grid;
      gap: 16px;
    }
  }
`;
