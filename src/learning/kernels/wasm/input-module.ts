import {
  add,
  addFloats,
  I32,
  load,
  loadBytes,
  multiply,
  repeat,
  storeThree,
  type Code,
} from './instructions.ts';
import { NamedLocals } from './named-locals.ts';
import type { WasmFunction } from './wasm-module.ts';

/**
 * Converts a row of pixels to a network's range, for a convolution of RGB.
 *
 * @param from address of the first pixel: RGBA bytes, or RGB float32 followed by 4 readable bytes
 * @param to address of the first result, three float32
 * @param count number of pixels
 * @param step bytes from a pixel to the next; negative from right to left
 * @param column bytes from a result to the next
 * @param range address of `[2, 4]`: what each channel is multiplied by, and what is added
 */
export type ConvertRow = (
  from: number,
  to: number,
  count: number,
  step: number,
  column: number,
  range: number,
) => void;

/** The export names of the `ConvertRow` for bytes and for floats. */
export const CONVERT_NAME = { bytes: 'convertBytes', floats: 'convertFloats' } as const;

/** The two functions of type `ConvertRow`, exported as `CONVERT_NAME` says. */
export function inputFunctions(): WasmFunction[] {
  return [
    convertRow(CONVERT_NAME.bytes, loadBytes),
    convertRow(CONVERT_NAME.floats, (address) => load(address)),
  ];
}

function convertRow(name: string, loadPixel: (address: Code) => Code): WasmFunction {
  const locals = new NamedLocals({
    ...{ from: I32, to: I32, count: I32, step: I32, column: I32, range: I32 },
  });
  const read = (local: string): Code => locals.read(local);
  const body = [
    ...locals.writeVector('scale', load(read('range'))),
    ...locals.writeVector('shift', load(read('range'), 16)),
    ...repeat(locals.index('count'), [
      ...locals.writeVector(
        'pixel',
        addFloats(multiply(loadPixel(read('from')), read('scale')), read('shift')),
      ),
      ...storeThree(read('to'), read('pixel')),
      ...locals.write('from', add(read('from'), read('step'))),
      ...locals.advance('to', read('column')),
    ]),
  ];
  return { name, ...locals.types, body };
}
