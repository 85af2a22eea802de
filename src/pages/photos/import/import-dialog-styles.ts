import { css } from 'lit';

export const importDialogStyles = css`
  h2:focus {
    outline: none;
  }
  .quiet {
    margin-block-start: 4px;
  }
  .waiting {
    margin-block-start: 12px;
  }
  pp-import-choice,
  pp-import-question,
  pp-import-matching,
  pp-progress-bar {
    margin-block-start: 20px;
  }
  .problem {
    color: var(--wrong);
  }
  .problem:not(:empty) {
    margin-block-start: 12px;
  }
  .actions button {
    padding-inline: 12px;
  }
  .adjust {
    width: 100%;
    min-height: 52px;
    margin-block-start: 16px;
  }
  /* An indeterminate progress bar: the duration is not known. */
  .looking {
    height: 10px;
    margin-block-start: 20px;
    border-radius: 5px;
    background: linear-gradient(90deg, var(--line) 35%, var(--press) 50%, var(--line) 65%) 0 0 /
      300% 100%;
  }
  @media (prefers-reduced-motion: no-preference) {
    .looking {
      animation: looking 1.2s linear infinite;
    }
    @keyframes looking {
      from {
        background-position: 100% 0;
      }
    }
  }
`;
