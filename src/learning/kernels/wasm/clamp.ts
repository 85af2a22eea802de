import { pseudoMax, pseudoMin, splat, type Code } from './instructions.ts';
import type { NamedLocals } from './named-locals.ts';
import type { Activation } from '../activation.ts';

/** Between which an activation lets values through. */
export const BOUNDS: Readonly<Record<Activation, readonly [low: number, high: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

/** Of a function with the parameters `low` and `high`: goes before the first `clamp`. */
export function prepareClamp(locals: NamedLocals): Code {
  return [
    ...locals.writeVector('lows', splat(locals.read('low'))),
    ...locals.writeVector('highs', splat(locals.read('high'))),
  ];
}

/** Four floats between the bounds; a NaN stays one. */
export function clamp(locals: NamedLocals, value: Code): Code {
  return pseudoMin(pseudoMax(value, locals.read('lows')), locals.read('highs'));
}
