import { css } from 'lit';

export const readCodesStyles = css`
  dialog {
    width: 100%;
    max-width: 100%;
    height: 100%;
    max-height: 100%;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--dark);
    color: var(--on-dark);
  }
  pp-viewfinder {
    height: 100%;
  }
  .panel {
    display: grid;
    gap: 12px;
    align-content: center;
    padding: 20px 20px calc(24px + env(safe-area-inset-bottom));
    border-radius: var(--radius-wide) var(--radius-wide) 0 0;
    background: var(--card);
    color: var(--ink);
  }
  .panel p {
    min-height: 4.5em;
    text-wrap: pretty;
  }
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    .panel {
      width: min(380px, 40vw);
      height: 100%;
      padding: 28px;
      border-radius: 0;
    }
  }
`;
