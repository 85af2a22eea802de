import { reducedMotion } from './reduced-motion.ts';

/** Vibration patterns in milliseconds: on, off, on. */
const PATTERNS = {
  /** A photo was taken, or a label was saved. */
  tick: [10],
  /** Long work has ended. */
  done: [30, 80, 30],
} as const;

/**
 * Vibrates the phone, except where the browser cannot (iOS has no Vibration API) or where the user
 * prefers reduced motion. Everything that it signals is also visible on the screen.
 */
export function haptic(kind: keyof typeof PATTERNS): void {
  if (!('vibrate' in navigator) || reducedMotion()) return;
  navigator.vibrate([...PATTERNS[kind]]);
}
