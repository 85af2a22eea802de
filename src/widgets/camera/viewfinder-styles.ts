import { css } from 'lit';

export const viewfinderStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: 'top' auto 'room' minmax(0, 1fr) 'bottom' auto / minmax(0, 1fr);
    overflow: hidden;
    background: var(--dark);
    color: var(--on-dark);
  }
  :host,
  :host * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none;
  }
  .fill,
  video,
  .still,
  .square {
    position: absolute;
    pointer-events: none;
  }
  .fill {
    inset: -32px;
    width: calc(100% + 64px);
    height: calc(100% + 64px);
    filter: blur(16px);
  }
  video {
    object-fit: fill;
  }
  video[data-covered] {
    visibility: hidden;
  }
  [data-fades] {
    mask:
      linear-gradient(
        to right,
        transparent,
        #000 var(--fade-x),
        #000 calc(100% - var(--fade-x)),
        transparent
      ),
      linear-gradient(
        to bottom,
        transparent,
        #000 var(--fade-y),
        #000 calc(100% - var(--fade-y)),
        transparent
      );
    mask-composite: intersect;
  }
  :host([mirrored]) :is(video, .still, .fill) {
    transform: scaleX(-1);
  }
  .square {
    border: 2px solid var(--on-dark);
    border-radius: var(--radius-wide);
    box-shadow: 0 0 0 200vmax var(--scrim);
  }
  /* The overlay also covers the area under the border of the square. */
  ::slotted([slot='square']) {
    position: absolute;
    inset: -2px;
    clip-path: inset(2px round calc(var(--radius-wide) - 2px));
  }
  :host([mirrored]) ::slotted([slot='square']) {
    transform: scaleX(-1);
  }
  .top,
  .room,
  .bottom {
    position: relative;
  }
  .top {
    grid-area: top;
  }
  .room {
    display: grid;
    grid-area: room;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    align-items: center;
    touch-action: none;
  }
  .focus {
    position: absolute;
    width: 64px;
    height: 64px;
    border: 2px solid var(--on-dark);
    border-radius: 50%;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.4);
    transform: translate(-50%, -50%);
    pointer-events: none;
  }
  .bottom {
    grid-area: bottom;
  }
  @media (min-width: 840px), (orientation: landscape) and (max-height: 500px) {
    :host {
      grid-template: 'top bottom' auto 'room bottom' minmax(0, 1fr) / minmax(0, 1fr) auto;
    }
  }
`;
