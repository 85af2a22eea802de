import { css, html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

/** Why something failed, in a sheet, with a warning sign; it needs `problemLineStyles`. */
export function problemLine(message: string): TemplateResult {
  return html`<p class="problem" role="alert">${icon('warning')} <span>${message}</span></p>`;
}

export const problemLineStyles = css`
  .problem {
    display: flex;
    gap: 10px;
    color: var(--wrong);
  }
  .problem svg {
    flex: none;
  }
`;
