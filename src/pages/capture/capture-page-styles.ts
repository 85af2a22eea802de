import { css } from 'lit';

export const capturePageStyles = css`
  :host {
    height: 100%;
  }
  pp-viewfinder {
    height: 100%;
  }
  .controls {
    padding: 0 calc(12px + env(safe-area-inset-right)) 16px calc(12px + env(safe-area-inset-left));
  }
  .line {
    display: grid;
    grid-template-columns: 48px minmax(0, 1fr) 48px;
    align-items: center;
  }
  .line .round {
    width: var(--target);
    height: var(--target);
  }
  .line .add {
    justify-self: end;
  }
  .shutters {
    display: flex;
    gap: 12px;
    min-height: 128px;
    /* More than two shutters scroll horizontally; a partly visible one shows that there are
       more. */
    overflow-x: auto;
    margin: 0 -12px;
    padding: 4px 12px;
    scrollbar-width: none;
    scroll-snap-type: x proximity;
    scroll-padding: 12px;
  }
  pp-shutter {
    flex: 1 0 0;
    min-width: 136px;
    scroll-snap-align: start;
  }
  pp-shutter[compact] {
    min-width: 152px;
  }
  .problem {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 12px;
    padding: 12px;
    text-align: center;
  }
  .flight {
    position: fixed;
    z-index: 5;
    object-fit: cover;
    transform-origin: top left;
    pointer-events: none;
  }
  @container (min-width: 840px) or ((orientation: landscape) and (max-height: 500px)) {
    .controls {
      display: flex;
      flex-direction: column;
      justify-content: center;
      box-sizing: border-box;
      width: clamp(220px, 26vw, 340px);
      height: 100%;
      padding: 16px calc(20px + env(safe-area-inset-right)) 16px 8px;
    }
    /* The column is narrow: the sentence about the last photos stands above the two buttons. */
    .line {
      grid-template: 'last last' auto 'burst add' auto / 1fr 1fr;
    }
    .line pp-last-shots {
      grid-area: last;
    }
    .shutters {
      flex-direction: column;
      max-height: 100%;
      overflow: hidden auto;
      margin: 0;
      padding: 4px;
      scroll-snap-type: y proximity;
    }
    pp-shutter {
      flex: 0 1 172px;
    }
    pp-shutter[compact] {
      min-width: 0;
    }
    /* Eight in one column would be out of reach: two columns, if the window is wide enough. */
    .shutters[data-many] {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(136px, 1fr));
    }
  }
  @container (max-height: 500px) {
    pp-shutter {
      min-height: 120px;
    }
  }
  /* A phone that lies on its side, also with a banner or the browser's bar above: two classes fit. */
  @container (orientation: landscape) and (max-height: 420px) {
    .controls {
      padding-block: 8px;
    }
    pp-shutter {
      min-height: 92px;
    }
  }
`;
