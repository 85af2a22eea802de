import { reducedMotion } from './reduced-motion.ts';

/** Milliseconds on, off, on. */
const PATTERNS = {
  /** A photo was taken, or a label kept. */
  tick: [10],
  /** Long work has ended. */
  done: [30, 80, 30],
} as const;

/**
 * Lets the phone be felt, where it can be: iOS has no such thing. It tells nothing that is not seen too,
 * and stays still for who asked their system for less motion.
 */
export function haptic(kind: keyof typeof PATTERNS): void {
  if (!('vibrate' in navigator) || reducedMotion()) return;
  navigator.vibrate([...PATTERNS[kind]]);
}
