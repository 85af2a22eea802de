import { css } from 'lit';

export const photosPageStyles = css`
  :host {
    position: relative;
    height: 100%;
    --side: 16px;
  }
  .scroller {
    height: 100%;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) 88px env(safe-area-inset-left);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    padding: 20px var(--side) 12px;
  }
  header h1 {
    flex: 1;
  }
  header p {
    flex-basis: 100%;
    font-size: 0.9375rem;
  }
  /* The buttons stay beside the title. */
  @container (max-width: 400px) {
    header button {
      padding-inline: 12px;
    }
  }
  @container (max-width: 374px) {
    header h1 {
      font-size: 1.625rem;
    }
  }
  h1:focus {
    outline: none;
  }
  .round {
    color: var(--quiet);
  }
  pp-problem-card {
    margin: 0 var(--side);
  }
  pp-photo-gallery[selecting] ~ .import {
    display: none;
  }
  .import {
    position: absolute;
    bottom: 16px;
    inset-inline-end: calc(16px + env(safe-area-inset-right));
    z-index: 2;
    padding-block: 0;
    padding-inline: 18px 24px;
    box-shadow: 0 6px 20px rgb(0 0 0 / 0.25);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 12px;
    max-width: 360px;
    margin: 0 auto;
    padding: 9vh 24px 24px;
    text-align: center;
  }
  .empty p {
    margin-bottom: 8px;
    font-size: 0.9375rem;
  }
  .empty .button,
  .empty button {
    width: 100%;
    min-height: 52px;
  }
  .emblem {
    display: grid;
    place-items: center;
    width: 96px;
    height: 96px;
    border-radius: var(--radius-wide);
    background: var(--press-soft);
    color: var(--press);
  }
  .emblem svg {
    width: 44px;
    height: 44px;
  }
  .skeleton {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(110px, 1fr));
    gap: 4px;
    padding: 80px 4px 0;
  }
  .skeleton i {
    aspect-ratio: 1;
    border-radius: var(--radius-photo);
    background: var(--line);
    opacity: 0.6;
  }
  @container (min-width: 840px) {
    :host {
      --side: 28px;
    }
    .skeleton {
      padding-inline: var(--side);
    }
  }
`;
