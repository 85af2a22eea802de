import { css, type CSSResultGroup } from 'lit';
import { placeStyles } from '../place-styles.ts';

export const examineViewStyles: CSSResultGroup = [
  placeStyles,
  css`
    .lead {
      margin: 4px 0 16px;
      font-size: 0.9375rem;
    }
    .cards {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
    }
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 14px;
      align-content: start;
    }
    .title {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 12px;
    }
    .title button {
      padding-inline: 14px;
    }
    .warnings > div {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      gap: 12px;
      align-items: center;
    }
    .warnings > div + div {
      padding-top: 14px;
      border-top: 1px solid var(--line);
    }
    .warnings svg {
      color: var(--wrong);
    }
    .warnings h2 {
      font-size: 1rem;
      overflow-wrap: anywhere;
    }
    @container (max-width: 500px) {
      .warnings .button {
        grid-column: 2;
        justify-self: start;
      }
    }
    .examples {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      gap: 8px;
      max-width: 520px;
    }
    .examples a {
      display: grid;
      gap: 4px;
      border-radius: var(--radius-photo);
      font-size: 0.8125rem;
      font-weight: 700;
      text-align: center;
      text-decoration: none;
    }
    .examples span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    pp-photo-thumbnail {
      aspect-ratio: 1;
      border-radius: var(--radius-photo);
    }
    table {
      width: 100%;
      border-collapse: collapse;
      /* Five columns fit a phone's width at every text size. */
      font-size: min(1em, 4.2vw);
      font-variant-numeric: tabular-nums;
    }
    th,
    td {
      padding-block: 8px;
      padding-inline: 8px 0;
      border-bottom: 1px solid var(--line);
      text-align: end;
    }
    thead th {
      color: var(--quiet);
      font-size: min(0.8125rem, 3.1vw);
      font-weight: 600;
      /* The column headers shrink before the class names do. */
      overflow-wrap: anywhere;
      hyphens: auto;
    }
    th:first-child {
      min-width: 3.2em;
      padding-inline-start: 0;
      overflow-wrap: anywhere;
      text-align: start;
    }
    tfoot th,
    tfoot td {
      border: 0;
      font-weight: 700;
    }
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 4px 12px;
      margin: 0;
      font-size: 0.875rem;
    }
    dt {
      font-weight: 600;
    }
    dd {
      margin: 0;
    }
    /* Below, five columns do not fit beside another card. */
    @container (min-width: 960px) {
      .cards {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        align-items: start;
      }
      .warnings {
        grid-column: 1 / 3;
      }
    }
  `,
];
