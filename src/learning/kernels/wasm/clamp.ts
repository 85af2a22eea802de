import { pseudoMax, pseudoMin, splat, type Code } from './instructions.ts';
import type { NamedLocals } from './named-locals.ts';
import type { Activation } from '../activation.ts';

/** The bounds to which each activation clamps its values. */
export const BOUNDS: Readonly<Record<Activation, readonly [low: number, high: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

/** Code that must run before the first `clamp`. The function needs parameters `low` and `high`. */
export function prepareClamp(locals: NamedLocals): Code {
  return [
    ...locals.writeVector('lows', splat(locals.read('low'))),
    ...locals.writeVector('highs', splat(locals.read('high'))),
  ];
}

/** Code that clamps four floats to the bounds; a NaN stays NaN. */
export function clamp(locals: NamedLocals, value: Code): Code {
  return pseudoMin(pseudoMax(value, locals.read('lows')), locals.read('highs'));
}
