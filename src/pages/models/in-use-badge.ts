import { css, html } from 'lit';
import { msg } from '../../i18n/msg.ts';
import { icon } from '../../ui/icons.ts';

/** Marks the model that Live classifies with. */
export const inUseBadge = html`<span class="in-use">${icon('check')} ${msg('in use')}</span>`;

/** Styles of the badge, for components that use it. */
export const inUseStyles = css`
  .in-use {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    color: var(--press);
    font-size: 0.8125rem;
    font-weight: 600;
    white-space: nowrap;
  }
  .in-use svg {
    width: 16px;
    height: 16px;
  }
`;
