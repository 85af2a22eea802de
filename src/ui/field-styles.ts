import { css } from 'lit';

/** A text input or a select with its label above it: `<label class="field">`. */
export const fieldStyles = css`
  .field {
    display: grid;
    gap: 6px;
    font-weight: 600;
  }
  .field input,
  .field select {
    width: 100%;
    min-width: 0;
    min-height: 52px;
    padding: 0 16px;
    border: 1px solid var(--quiet);
    border-radius: 16px;
    background: var(--paper);
    color: var(--ink);
    /* iPhones zoom in on a focused field whose text is smaller than 16 px. */
    font: 600 1.0625rem/1.2 var(--font);
  }
  /* Each browser has a colour of its own, and not each can be read on both grounds. */
  .field input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .field input:focus-visible,
  .field select:focus-visible {
    outline-offset: 0;
  }
  .field input[aria-invalid='true'] {
    border-color: var(--wrong);
  }
  .invalid {
    color: var(--wrong);
    font-size: 0.875rem;
  }
  .invalid:empty {
    display: none;
  }
`;
