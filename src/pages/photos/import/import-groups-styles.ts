import { css } from 'lit';

export const importGroupsStyles = css`
  ul {
    display: grid;
    gap: 10px;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-start: 10px;
    border-inline-start: 6px solid var(--colour);
    border-radius: 6px;
  }
  li > input {
    flex: none;
    width: 24px;
    height: 24px;
    margin: 0;
    accent-color: var(--press);
  }
  .picture {
    flex: none;
    width: 52px;
    height: 52px;
    overflow: hidden;
    border-radius: 12px;
    background: var(--line);
  }
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  label {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.4fr);
    align-items: center;
    gap: 8px;
  }
  .name {
    display: grid;
    /* Both lines begin at the same edge, in whichever direction the name runs. */
    justify-items: start;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .name .quiet {
    font-weight: 400;
  }
  .field select {
    padding-inline: 8px;
    font-size: 1rem;
    text-overflow: ellipsis;
  }
  .more {
    width: 100%;
    margin-block-start: 12px;
  }
`;
