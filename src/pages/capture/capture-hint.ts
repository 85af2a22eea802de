import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * What to do next, before there is a model: `missing` is the number of photos a class still needs.
 */
type CaptureHint =
  | { readonly kind: 'start' }
  | { readonly kind: 'more'; readonly className: string; readonly missing: number }
  | { readonly kind: 'enough' };

/**
 * The hint for a library: `start` if it is empty, else the class that needs the most photos.
 *
 * @param counts number of photos by class id; a class without an entry has none
 */
export function captureHint(
  classes: readonly ClassRecord[],
  counts: ReadonlyMap<string, number>,
): CaptureHint {
  const missing = classes.map((record) => ({
    className: record.name,
    missing: Math.max(0, ENOUGH_PHOTOS - (counts.get(record.id) ?? 0)),
  }));
  const most = missing.reduce<(typeof missing)[number] | undefined>(
    (a, b) => (a === undefined || b.missing > a.missing ? b : a),
    undefined,
  );
  if (!most || missing.every((each) => each.missing === ENOUGH_PHOTOS)) return { kind: 'start' };
  if (most.missing === 0) return { kind: 'enough' };
  return { kind: 'more', ...most };
}
