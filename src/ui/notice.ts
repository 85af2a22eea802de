declare global {
  interface WindowEventMap {
    'pp-notice': CustomEvent<Notice>;
  }
}

/** A short message over the page, such as "Photo deleted" with an Undo button. */
export interface Notice {
  readonly text: string;
  readonly tone?: 'plain' | 'wrong';
  readonly action?: NoticeAction;
  /** A second action, such as Adjust beside Undo. */
  readonly otherAction?: NoticeAction | undefined;
  /**
   * Called when the notice was shown for its whole time, closed or answered. A notice that has it
   * must be seen once: it comes back after every notice that interrupts it.
   */
  readonly seen?: () => void;
}

/** A button of a notice; a click hides the notice and calls `run`. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * Shows a notice: dispatches an event that bubbles from `from` up to the shell, which listens on
 * the window. If `from` is disconnected, as after Undo, the event is dispatched on the window
 * itself.
 */
export function notify(from: EventTarget, notice: Notice): void {
  const target = from instanceof Node && !from.isConnected ? window : from;
  target.dispatchEvent(
    new CustomEvent<Notice>('pp-notice', { detail: notice, bubbles: true, composed: true }),
  );
}
