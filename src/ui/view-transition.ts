import { reducedMotion } from './reduced-motion.ts';

/**
 * Fades from what is on the screen to what `change` makes of it, where the browser can and the person
 * did not ask for less motion; theme.css says how long. The change is made in any case, and once.
 *
 * @returns when it is made, which is before the fade ends
 */
export async function fadeTo(change: () => Promise<void>): Promise<void> {
  if (!('startViewTransition' in document) || reducedMotion() || document.hidden) return change();
  const transition = document.startViewTransition(change);
  // One that another overtakes is skipped, which is no error.
  transition.ready.catch(() => undefined);
  transition.finished.catch(() => undefined);
  await transition.updateCallbackDone;
}
