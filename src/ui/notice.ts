/** A short message over the page, such as "Photo deleted" with Undo. */
export interface Notice {
  readonly text: string;
  readonly tone?: 'plain' | 'wrong';
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Shows a notice: the shell listens for the event, whichever element sends it. */
export function notify(from: EventTarget, notice: Notice): void {
  from.dispatchEvent(
    new CustomEvent<Notice>('pp-notice', { detail: notice, bubbles: true, composed: true }),
  );
}
