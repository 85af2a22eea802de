import { reducedMotion } from '../platform/reduced-motion.ts';

/**
 * Changes the page with a fade (a view transition), unless the browser does not support it or the
 * user prefers reduced motion. theme.css defines what fades and for how long.
 *
 * @param change changes the DOM; always called exactly once. It must also move the focus: the new
 *   page is usable, and may move the focus itself, before the fade ends.
 * @returns resolves when the change is made, which is before the fade ends
 */
export async function fade(change: () => Promise<void>): Promise<void> {
  if (!('startViewTransition' in document) || reducedMotion()) return change();
  const transition = document.startViewTransition(change);
  // In a hidden tab, or if another transition follows, this one is skipped, which is not an error.
  transition.ready.catch(() => undefined);
  transition.finished.catch(() => undefined);
  await transition.updateCallbackDone;
}
