import { css } from 'lit';

/** A checkbox shown as a switch after its label text: `<label class="switch">`. */
export const switchStyles = css`
  .switch {
    display: flex;
    gap: 14px;
    align-items: center;
    justify-content: space-between;
    padding: 12px 16px;
    cursor: pointer;
  }
  .switch[data-disabled='true'] {
    cursor: default;
  }
  .switch > span {
    display: grid;
    gap: 2px;
  }
  .switch input {
    flex: none;
    width: 52px;
    height: 32px;
    margin: 0;
    border: 2px solid var(--quiet);
    border-radius: 16px;
    appearance: none;
    cursor: inherit;
  }
  .switch input::before {
    display: block;
    width: 18px;
    height: 18px;
    margin: 5px;
    border-radius: 50%;
    background: var(--quiet);
    content: '';
  }
  .switch input:checked {
    border-color: var(--press);
    background: var(--press);
  }
  .switch input:checked::before {
    margin-inline-start: 25px;
    background: var(--on-press);
  }
  .switch input:disabled {
    opacity: 0.5;
  }
  @media (prefers-reduced-motion: no-preference) {
    .switch input::before {
      transition: margin 0.12s ease-out;
    }
  }
`;
