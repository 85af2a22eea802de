/** Whether the user prefers reduced motion, according to the system settings. */
export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
