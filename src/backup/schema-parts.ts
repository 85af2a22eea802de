import * as v from 'valibot';
import { parseClassName } from '../photos/class-name.ts';
import { MAX_DATE_MS } from '../platform/max-date.ts';

// Schemas of the values in the JSON files of a backup.

export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const word = v.pipe(v.string(), v.maxLength(200));
/**
 * A name that the files of a base model decide: that of a Keras layer, or a feature space, which
 * takes 9 characters for each of up to 201 files.
 */
export const longWord = v.pipe(v.string(), v.maxLength(4000));
export const className = v.pipe(
  v.string(),
  v.check((name) => isClassName(name)),
);
export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Index of a class colour. */
export const palette = v.pipe(count, v.maxValue(7));
export const fraction = v.pipe(finite, v.minValue(0), v.maxValue(1));
/** Milliseconds since the epoch, up to the maximum time value of ECMAScript. */
export const moment = v.pipe(finite, v.minValue(0), v.maxValue(MAX_DATE_MS));
/** Maximum width and height of a stored square in pixels. */
export const MAX_SIDE = 4096;
/** Width and height of a square in pixels. */
export const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_SIDE));

function isClassName(name: string): boolean {
  try {
    return parseClassName(name) === name;
  } catch {
    return false;
  }
}
