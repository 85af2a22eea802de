import { css } from 'lit';

/** Fills a phone; a card with the photo at the left in a wide window. */
export const photoViewStyles = css`
  dialog {
    width: 100%;
    max-width: 100%;
    height: 100%;
    max-height: 100%;
    margin: 0;
    padding: env(safe-area-inset-top) 0 env(safe-area-inset-bottom);
    overflow: hidden auto;
    background: var(--paper);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 8px;
  }
  .picture {
    position: relative;
    /* The whole photo and its labels fit on short phones too. */
    width: min(100% - 24px, 100vh - 330px - var(--more-labels, 0px));
    min-width: 200px;
    margin: 0 auto;
    touch-action: pan-y;
  }
  pp-photo-image {
    border-radius: var(--radius-wide);
  }
  .turn {
    position: absolute;
    top: calc(50% - 22px);
    width: var(--target);
    padding: 0;
    border: 0;
    background: var(--scrim);
    color: var(--on-dark);
  }
  .previous {
    left: 10px;
  }
  .next {
    right: 10px;
    transform: scaleX(-1);
  }
  .facts {
    display: grid;
    gap: 10px;
    padding: 20px;
  }
  .labels {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-bottom: 6px;
  }
  .labels button {
    flex: 1 1 96px;
    min-height: 56px;
    font-size: 17px;
    overflow-wrap: anywhere;
  }
  .labels[data-many] button {
    flex: 0 1 auto;
    max-width: 100%;
    min-height: var(--target);
    padding: 0 16px;
    font-size: 15px;
  }
  dialog:has(.labels[data-many]) {
    --more-labels: 92px;
  }
  pp-notice-bar {
    position: fixed;
    right: 12px;
    bottom: calc(16px + env(safe-area-inset-bottom));
    left: 12px;
  }
  @media (min-width: 840px), (orientation: landscape) and (max-height: 500px) {
    dialog[open] {
      display: grid;
      grid-template: auto 1fr / auto 340px;
      width: fit-content;
      height: fit-content;
      margin: auto;
      border-radius: var(--radius-wide);
    }
    header {
      grid-column: 2;
      align-self: start;
    }
    .picture {
      grid-row: 1 / 3;
      width: min(560px, 100vh - 80px);
    }
    pp-photo-image {
      border-radius: 0;
    }
    .facts {
      grid-column: 2;
      align-content: start;
    }
  }
`;
