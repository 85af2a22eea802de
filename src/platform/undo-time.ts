/** How long a deleted photo or model can be restored after its deletion, in ms, at least. */
export const RESTORABLE_MS = 10 * 60_000;

/** The same while the storage is full, in ms: longer than the notice with Undo is shown. */
export const RESTORABLE_WHEN_FULL_MS = 30_000;

/**
 * Whether something was deleted before `time`. What seems to be deleted in the future was deleted
 * while the clock of the phone was wrong; it counts as earlier, or it would stay for years.
 *
 * @param deletedAt milliseconds since the epoch, as `time`
 */
export function wasBefore(deletedAt: number, time: number): boolean {
  return deletedAt < time || deletedAt > Date.now();
}
