import { css } from 'lit';

/**
 * Styles of controls over the camera picture: dark in both themes, to be legible on any picture.
 */
export const cameraStyles = css`
  .camera-row {
    display: grid;
    grid-template-columns: minmax(48px, auto) minmax(0, 1fr) 48px;
    gap: 12px;
    align-items: center;
    padding: calc(12px + env(safe-area-inset-top)) calc(12px + env(safe-area-inset-right)) 0
      calc(12px + env(safe-area-inset-left));
  }
  .start {
    display: flex;
    gap: 8px;
  }
  .middle {
    display: flex;
    justify-content: center;
    min-height: 48px;
    align-items: center;
  }
  .round {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: rgb(22 19 15 / 0.72);
    color: var(--on-dark);
  }
  .round[aria-pressed='true'] {
    background: var(--on-dark);
    color: var(--dark);
  }
  .pill {
    display: flex;
    align-items: center;
    max-width: 100%;
    min-height: 44px;
    box-sizing: border-box;
    padding: 6px 18px;
    border: 0;
    border-radius: 999px;
    background: rgb(22 19 15 / 0.72);
    margin: 0;
    color: var(--on-dark);
    font: 600 0.9375rem/1.25 var(--font);
    font-variant-numeric: tabular-nums;
    text-align: center;
    text-decoration: none;
  }
  /* Messages about the square are at its top, camera controls at its bottom. */
  .over-square {
    position: absolute;
    inset: calc(var(--square-top, 12px) + 12px) 20px auto;
    width: fit-content;
    max-width: calc(100% - 40px);
    margin: 0 auto;
    pointer-events: none;
  }
  pp-camera-dial {
    position: absolute;
    inset: auto 20px 12px;
  }
  .camera-row :focus-visible {
    outline-color: var(--on-dark);
  }
`;
