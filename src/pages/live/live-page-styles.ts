import { css } from 'lit';

export const livePageStyles = css`
  :host {
    height: 100%;
  }
  pp-viewfinder {
    height: 100%;
  }
  .frame {
    position: absolute;
    box-sizing: border-box;
    border: 2px solid var(--on-dark);
    border-radius: 14px;
    /* Seen on a light picture too. */
    box-shadow:
      0 0 0 1px rgb(0 0 0 / 0.45),
      inset 0 0 0 1px rgb(0 0 0 / 0.45);
  }
  .middle {
    grid-column: 2;
  }
  .controls {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  pp-live-tools {
    padding-inline: calc(12px + env(safe-area-inset-left)) calc(12px + env(safe-area-inset-right));
  }
  .sheet {
    box-sizing: border-box;
    min-height: 180px;
    max-height: 50vh;
    overflow: hidden auto;
    padding: 20px calc(20px + env(safe-area-inset-right)) 16px
      calc(20px + env(safe-area-inset-left));
    border-radius: var(--radius-wide) var(--radius-wide) 0 0;
    background: var(--card);
    color: var(--ink);
  }
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    .controls {
      --tool: var(--paper);
      --tool-ink: var(--ink);
      --tool-on: var(--press-soft);
      --tool-on-ink: var(--press);
      justify-content: safe center;
      gap: 0;
      width: clamp(320px, 32vw, 420px);
      height: 100%;
      overflow: hidden auto;
      border-start-start-radius: var(--radius-wide);
      border-end-start-radius: var(--radius-wide);
      background: var(--card);
    }
    .sheet {
      min-height: 0;
      max-height: none;
      flex: none;
      padding: 20px calc(24px + env(safe-area-inset-right)) 16px 24px;
    }
    pp-live-tools {
      order: 1;
      padding-inline: 24px calc(24px + env(safe-area-inset-right));
      padding-block-end: 20px;
    }
  }
`;
