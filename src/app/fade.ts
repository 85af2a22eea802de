import { reducedMotion } from '../platform/reduced-motion.ts';

/**
 * Fades from the page that is shown to what `change` makes of it, where the browser can and the
 * person did not ask for less motion; theme.css says what fades, and for how long.
 *
 * @param change made in any case, and once; has to focus what is to be focused, for a page that
 *   arrives may take the focus itself, and it is there before the fade is over
 * @returns when it is made, which is before the fade ends
 */
export async function fade(change: () => Promise<void>): Promise<void> {
  if (!('startViewTransition' in document) || reducedMotion()) return change();
  const transition = document.startViewTransition(change);
  // Of a hidden tab, or overtaken by another: it is skipped, which is no error.
  transition.ready.catch(() => undefined);
  transition.finished.catch(() => undefined);
  await transition.updateCallbackDone;
}
