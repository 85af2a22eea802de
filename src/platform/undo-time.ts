/** How long a deleted photo or model can be restored after its deletion, in ms, at least. */
export const RESTORABLE_MS = 10 * 60_000;

/** The same while the storage is full, in ms: longer than the notice with Undo is shown. */
export const RESTORABLE_WHEN_FULL_MS = 30_000;
