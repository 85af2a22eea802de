import * as v from 'valibot';

// What the tables of a backup are made of.

export const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const word = v.pipe(v.string(), v.maxLength(200));
export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const fraction = v.pipe(finite, v.minValue(0), v.maxValue(1));
/** ECMAScript's last moment. */
export const moment = v.pipe(finite, v.minValue(0), v.maxValue(8.64e15));
export const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(4096));
