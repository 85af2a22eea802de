import { css } from 'lit';

export const modelsPageStyles = css`
  header {
    display: flex;
    gap: 12px;
    align-items: center;
    margin-bottom: 16px;
  }
  header > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: center;
    min-width: 0;
  }
  .back {
    flex: none;
    width: var(--target);
    padding: 0;
  }
  .add {
    flex: none;
    margin-inline-start: auto;
  }
  /* On a phone the plus alone, which leaves the heading its line; readers hear the words. */
  @container (max-width: 480px) {
    .add {
      width: var(--target);
      padding: 0;
    }
    .add span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
  h1 {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr));
    gap: 12px;
    max-width: 1240px;
  }
  .empty {
    display: grid;
    gap: 12px;
    justify-items: start;
    max-width: 520px;
  }
  .hint {
    max-width: 720px;
    margin-bottom: 12px;
    padding: 14px 20px;
    border-radius: 20px;
    background: var(--card);
    box-shadow: inset 0 0 0 1px var(--wrong);
    color: var(--wrong);
  }
  .skeleton {
    max-width: 720px;
    height: 160px;
    border-radius: var(--radius-card);
    background: var(--line);
    opacity: 0.6;
  }
  @container (min-width: 840px) {
    :host {
      padding-inline: 28px;
      --chart-height: 180px;
    }
  }
`;
