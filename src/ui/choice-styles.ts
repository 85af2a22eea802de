import { css } from 'lit';

/**
 * Radio buttons shown as cards: each label in `.choices` holds an input, a title and a sentence.
 */
export const choiceStyles = css`
  .choices {
    display: grid;
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choices label {
    display: flex;
    align-items: center;
    gap: 14px;
    min-height: 68px;
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-radius: 18px;
    cursor: pointer;
  }
  .choices input {
    flex: none;
    width: 22px;
    height: 22px;
    margin: 0;
    accent-color: var(--press);
  }
  .choices label > span {
    display: grid;
    gap: 2px;
  }
  /* Elsewhere the radio button itself shows what is chosen and what has the focus. */
  @supports selector(:has(a)) {
    .choices label:has(:checked) {
      border-color: var(--press);
      background: var(--press-soft);
    }
    .choices label:has(:checked) .quiet {
      color: var(--ink);
    }
    .choices label:has(:focus-visible) {
      outline: 3px solid var(--press);
      outline-offset: 2px;
    }
    .choices input {
      outline: none;
    }
  }
  .choices:disabled label {
    opacity: 0.5;
    cursor: default;
  }
`;
