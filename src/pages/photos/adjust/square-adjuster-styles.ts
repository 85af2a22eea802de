import { css } from 'lit';

export const squareAdjusterStyles = css`
  :host {
    display: grid;
    gap: 12px;
  }
  .stage {
    display: grid;
    place-items: center;
    padding: 8px;
    border-radius: 18px;
    background: var(--dark);
  }
  .frame {
    position: relative;
    width: min(100%, calc(46dvh * var(--ratio)));
    aspect-ratio: var(--ratio);
    overflow: hidden;
    border-radius: var(--radius-photo);
    cursor: move;
    touch-action: none;
  }
  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }
  /* Positions in the picture are physical: they are not mirrored in a right-to-left language. */
  .square {
    position: absolute;
    aspect-ratio: 1;
    border: 3px solid var(--on-dark);
    border-radius: var(--radius-photo);
    box-shadow: 0 0 0 100vmax rgb(22 19 15 / 0.62);
  }
  .square:focus-visible {
    outline: 3px solid #b5a3ff;
    outline-offset: -6px;
  }
  .size {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: var(--target);
    font-weight: 600;
  }
  input {
    flex: 1;
    min-width: 0;
    height: var(--target);
    margin: 0;
    accent-color: var(--press);
  }
  .moves {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    /* The buttons point in physical directions, so they are not mirrored either. */
    direction: ltr;
  }
  .moves button[data-move] {
    width: 52px;
    padding: 0;
  }
  .right svg {
    rotate: 180deg;
  }
  .up svg {
    rotate: 90deg;
  }
  .down svg {
    rotate: -90deg;
  }
`;
