import { css } from 'lit';

export const viewfinderStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: 'top' auto 'room' minmax(0, 1fr) 'bottom' auto / minmax(0, 1fr);
    /* The picture may be wider. What is only hidden can still be scrolled to, by the focus for one. */
    overflow: clip;
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
  .under,
  .over,
  video,
  .still,
  .square {
    position: absolute;
    pointer-events: none;
  }
  .under,
  .over {
    inset: 0;
    width: 100%;
    height: 100%;
  }
  video {
    object-fit: fill;
  }
  video[data-covered] {
    visibility: hidden;
  }
  :host([mirrored]) :is(video, .still, .under, .over) {
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
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    :host {
      grid-template: 'top bottom' auto 'room bottom' minmax(0, 1fr) / minmax(0, 1fr) auto;
    }
  }
`;
