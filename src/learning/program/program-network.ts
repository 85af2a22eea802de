import { availableSimd } from '../kernels/wasm/network-module.ts';
import type { PicturePixels } from '../input/picture-batch.ts';
import { compilePlan } from '../network/plan/compile-plan.ts';
import { WasmExecutor } from '../network/wasm/wasm-executor.ts';
import type { Program } from '../../models/formats/operations/operation.ts';
import {
  answersOf,
  runOperations,
  runProgram,
  type Answers,
} from '../../models/formats/operations/run-program.ts';
import { trunkOf } from './trunk.ts';

/** Runs a program for one picture. */
export type Network = (picture: PicturePixels) => Answers;

/** The fastest way to run a program here: as a plan on WebAssembly, or in plain JavaScript. */
export function networkOf(program: Program): Network {
  return plannedNetwork(program) ?? ((picture) => runProgram(program, inProgramRange(picture)));
}

/**
 * Runs the trunk of a program as a plan, and what follows it in JavaScript.
 *
 * @returns undefined in a browser without SIMD or without the memory, and if the program has nothing
 *   for the kernels
 */
export function plannedNetwork(program: Program): Network | undefined {
  const simd = availableSimd();
  const trunk = simd && trunkOf(program);
  const plan = trunk && compilePlan(trunk.list, program.size, trunk.range);
  if (!plan) return undefined;
  const executor = startOrNothing(() => new WasmExecutor(plan, simd));
  if (!executor) return undefined;
  return (picture) => {
    const pictures = trunk.mirrored ? [picture, mirrorImage(picture, program.size)] : [picture];
    const kept = executor.kept({ size: program.size, pictures });
    const tensors = new Map(
      trunk.kept.map(({ name, shape }, i) => [
        name,
        { shape: [pictures.length, ...shape], data: kept[i]! },
      ]),
    );
    runOperations(trunk.rest, tensors, trunk.results);
    return answersOf(program, tensors);
  };
}

/** A device may not have the memory. */
function startOrNothing(start: () => WasmExecutor): WasmExecutor | undefined {
  try {
    return start();
  } catch {
    return undefined;
  }
}

function mirrorImage(picture: PicturePixels, size: number): PicturePixels {
  if ('rgba' in picture) return { ...picture, flip: !picture.flip };
  const rgb = new Float32Array(picture.rgb.length);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const x = pixel % size;
    const from = 3 * (pixel - x + size - 1 - x);
    rgb.set(picture.rgb.subarray(from, from + 3), 3 * pixel);
  }
  return { rgb };
}

/** A picture that is not mirrored as a program reads it: RGB, -1 to 1. */
function inProgramRange(picture: PicturePixels): Float32Array {
  if ('rgb' in picture) return picture.rgb.map((value) => value / 127.5 - 1);
  const { rgba } = picture;
  return Float32Array.from(
    { length: (rgba.length / 4) * 3 },
    (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]! / 127.5 - 1,
  );
}
