import { css } from 'lit';

export const photoGridStyles = css`
  .grid {
    position: relative;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  [role='listitem'] {
    position: absolute;
    width: var(--tile);
    height: var(--tile);
    contain: strict;
  }
  button {
    position: relative;
    display: block;
    width: 100%;
    height: 100%;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--radius-photo);
    background: var(--line);
    color: var(--quiet);
    /* Keeps focused tiles clear of the overlays at the start and the end of the list. */
    scroll-margin-block: 76px 96px;
  }
  img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .missing {
    font-size: 0.75rem;
    font-weight: 400;
  }
  [data-doubtful]::after {
    position: absolute;
    inset: 0;
    border: 3px solid var(--wrong);
    border-radius: inherit;
    content: '';
  }
  .label {
    position: absolute;
    bottom: 6px;
    inset-inline-start: 6px;
    max-width: calc(100% - 12px);
    padding: 2px 9px;
    overflow: hidden;
    border-radius: 999px;
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark {
    position: absolute;
    top: 6px;
    inset-inline-end: 6px;
    display: grid;
    place-items: center;
    width: 26px;
    height: 26px;
    border: 2px solid var(--on-dark);
    border-radius: 50%;
    background: var(--scrim);
    color: transparent;
  }
  .mark svg {
    width: 16px;
    height: 16px;
    stroke-width: 3;
  }
  [aria-pressed='true'] .mark {
    background: var(--press);
    color: var(--on-press);
  }
  [aria-pressed='true'] img {
    opacity: 0.55;
  }
  [aria-pressed='true'] {
    background: var(--press);
  }
  :focus-visible {
    outline-offset: -4px;
  }
`;
