import {
  add,
  addFloats,
  F32,
  I32,
  i32,
  load,
  multiply,
  repeat,
  splat,
  store,
  type Code,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import type { WasmFunction } from './wasm-module.ts';

const GROUP_BYTES = 16;

/**
 * Global average pooling of some channels of a feature map.
 *
 * @param x address of the first of the channels at the first place
 * @param out address of `[4 * groups]`
 * @param places number of places
 * @param groups number of groups of four channels
 * @param pixel bytes from a place to the next
 * @param scale 1 / places
 */
export type PoolGroups = (
  x: number,
  out: number,
  places: number,
  groups: number,
  pixel: number,
  scale: number,
) => void;

/**
 * Adds two maps.
 *
 * @param a address of `[4 * groups]`
 * @param b address of `[4 * groups]`
 * @param out address of `[4 * groups]`
 */
export type AddGroups = (a: number, b: number, out: number, groups: number) => void;

export const POOL_NAME = 'pool';
export const ADD_NAME = 'add';

/** `PoolGroups` and `AddGroups`. */
export function mapFunctions(): WasmFunction[] {
  return [poolGroups(), addGroups()];
}

function poolGroups(): WasmFunction {
  const locals = new NamedLocals({
    ...{ x: I32, out: I32, places: I32, groups: I32, pixel: I32, scale: F32 },
  });
  const read = (name: string): Code => locals.read(name);
  const body = [
    ...locals.writeVector('scales', splat(read('scale'))),
    ...repeat(locals.index('groups'), [
      ...locals.write('at', read('x')),
      ...locals.writeVector('sum', splat(f32Zero)),
      ...locals.write('left', read('places')),
      ...repeat(locals.index('left'), [
        ...locals.writeVector('sum', addFloats(read('sum'), load(read('at')))),
        ...locals.advance('at', read('pixel')),
      ]),
      ...store(read('out'), multiply(read('sum'), read('scales'))),
      ...locals.advance('x', i32(GROUP_BYTES)),
      ...locals.advance('out', i32(GROUP_BYTES)),
    ]),
  ];
  return { name: POOL_NAME, ...locals.types, body };
}

/** `f32.const 0` */
const f32Zero: Code = [0x43, 0, 0, 0, 0];

function addGroups(): WasmFunction {
  const locals = new NamedLocals({ ...{ a: I32, b: I32, out: I32, groups: I32 } });
  const read = (name: string): Code => locals.read(name);
  const body = repeat(locals.index('groups'), [
    ...store(read('out'), addFloats(load(read('a')), load(read('b')))),
    ...['a', 'b', 'out'].flatMap((name) => locals.write(name, add(read(name), i32(GROUP_BYTES)))),
  ]);
  return { name: ADD_NAME, ...locals.types, body };
}
