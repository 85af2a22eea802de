import { css } from 'lit';

/** Full screen on a phone; in a wide window a card with the photo on the left. */
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
    /* The photo, its labels and the title of the answer also fit on short phones. */
    width: min(100% - 24px, 100vh - 330px);
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
    inset-inline-start: 10px;
  }
  .next {
    inset-inline-end: 10px;
  }
  .next svg {
    rotate: 180deg;
  }
  pp-photo-facts {
    padding: 20px;
  }
  pp-heat-map {
    position: absolute;
    inset: 0;
    overflow: hidden;
    border-radius: var(--radius-wide);
    pointer-events: none;
  }
  .gone {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 10px;
    min-height: min(100%, 420px);
    padding: 24px;
    text-align: center;
  }
  .gone > svg {
    width: 44px;
    height: 44px;
    color: var(--press);
  }
  .gone button {
    margin-top: 10px;
  }
  pp-notice-bar {
    position: fixed;
    bottom: calc(16px + env(safe-area-inset-bottom));
    inset-inline: 12px;
  }
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    dialog[open] {
      display: grid;
      grid-template: auto minmax(0, 1fr) / auto 380px;
      --side: min(600px, 100vh - 80px);
      width: fit-content;
      /* As high as the photo. WebKit makes a grid of the height fit-content as high as the window. */
      height: calc(var(--side) + env(safe-area-inset-top) + env(safe-area-inset-bottom));
      margin: auto;
      overflow: hidden;
      border-radius: var(--radius-wide);
    }
    header {
      grid-column: 2;
      align-self: start;
    }
    .picture {
      grid-row: 1 / 3;
      width: var(--side);
    }
    pp-photo-image,
    pp-heat-map {
      border-radius: 0;
    }
    pp-photo-facts {
      grid-column: 2;
      align-content: start;
      max-height: calc(var(--side) - 60px);
      padding-top: 0;
      overflow-y: auto;
    }
    .gone {
      grid-area: 1 / 1 / 3 / 3;
      width: min(480px, 100vw - 80px);
    }
  }
`;
