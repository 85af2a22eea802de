import type { Notice } from './notice.ts';

/**
 * The notice on the screen and those that wait for their turn. A notice with an action, such as
 * Undo, and an error are shown at once; others wait for these. A notice that must be seen once also
 * waits until a confirmation has been read. A notice that was interrupted comes back, except a
 * confirmation and an Undo that another Undo follows. A notice with the text of an earlier one takes
 * its place.
 */
export class NoticeQueue {
  #current: Notice | undefined;
  #waiting: Notice[] = [];

  /** The notice to show now. */
  get current(): Notice | undefined {
    return this.#current;
  }

  add(notice: Notice): void {
    const before = this.#current;
    const isRepeated = before !== undefined && isSame(before, notice);
    this.#waiting = this.#waiting.filter((other) => !isSame(other, notice));
    if (before && !isRepeated && !isUrgent(notice) && (isKept(before) || isKept(notice))) {
      this.#waiting.push(notice);
      return;
    }
    this.#current = notice;
    if (before && !isRepeated && comesBack(before, notice)) this.#waiting.unshift(before);
  }

  /** Ends the current notice, which was seen, and shows the next one. */
  next(): void {
    const seen = this.#current;
    this.#current = this.#waiting.shift();
    seen?.seen?.();
  }

  /** Removes all notices that were not seen to their end, the current one first. */
  takeAll(): Notice[] {
    const all = this.#current ? [this.#current, ...this.#waiting] : [];
    this.#current = undefined;
    this.#waiting = [];
    return all;
  }
}

function isSame(one: Notice, other: Notice): boolean {
  return one.text === other.text && one.tone === other.tone;
}

/** Whether a notice is shown before all others. */
function isUrgent({ action, tone }: Notice): boolean {
  return action !== undefined || tone === 'wrong';
}

/** Whether a notice is seen to its end: it stays when one comes that is not urgent, or waits. */
function isKept(notice: Notice): boolean {
  return isUrgent(notice) || notice.seen !== undefined;
}

/** Whether a notice is shown once more after the one that interrupts it. */
function comesBack(interrupted: Notice, by: Notice): boolean {
  const isFollowed = interrupted.action !== undefined && by.action !== undefined;
  return isKept(interrupted) && (!isFollowed || interrupted.seen !== undefined);
}
