declare global {
  interface WindowEventMap {
    'pp-notice': CustomEvent<Notice>;
  }
}

/** A short message over the page, such as "Photo deleted" with Undo. */
export interface Notice {
  readonly text: string;
  readonly tone?: 'plain' | 'wrong';
  readonly action?: NoticeAction;
  /** A second one, such as Adjust beside Undo. */
  readonly otherAction?: NoticeAction | undefined;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * Shows a notice: the shell listens for the event, whichever element sends it. One that has left
 * the page, as Undo's may have, is heard all the same.
 */
export function notify(from: EventTarget, notice: Notice): void {
  const target = from instanceof Node && !from.isConnected ? window : from;
  target.dispatchEvent(
    new CustomEvent<Notice>('pp-notice', { detail: notice, bubbles: true, composed: true }),
  );
}
