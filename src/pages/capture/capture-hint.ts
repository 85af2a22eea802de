import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { neediestClass, type TrainingSet } from '../../photos/training-set.ts';

/**
 * What to do next, before there is a model: `missing` is the number of photos a class still needs.
 */
type CaptureHint =
  | { readonly kind: 'start' }
  | { readonly kind: 'more'; readonly className: string; readonly missing: number }
  | { readonly kind: 'enough' };

/** The hint for a library: `start` if it is empty, else the class that needs the most photos. */
export function captureHint(set: TrainingSet): CaptureHint {
  if (set.learned.length === 0) return { kind: 'start' };
  const neediest = neediestClass(set);
  if (!neediest) return { kind: 'enough' };
  const { name, photos } = neediest;
  return { kind: 'more', className: name, missing: ENOUGH_PHOTOS - photos };
}
