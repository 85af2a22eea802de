import type { GpuStep } from './gpu-plan.ts';
import { FLOATS, STEP_FIELDS, type StepNumbers } from './shaders.ts';

/** Where the numbers of a step may begin in the uniform buffer: WebGPU's default alignment. */
export const STEP_ALIGNMENT = 256;

/** WGSL knows no infinity: what is clamped to no bound is clamped to the largest number. */
const LARGEST = 3.4028234663852886e38;

/** The numbers of steps as the shaders read them, each step at a multiple of `STEP_ALIGNMENT`. */
export function stepWords(steps: readonly GpuStep[]): ArrayBuffer {
  const words = new ArrayBuffer(steps.length * STEP_ALIGNMENT);
  steps.forEach(({ numbers }, index) => {
    writeNumbers(new DataView(words, index * STEP_ALIGNMENT), numbers);
  });
  return words;
}

function writeNumbers(view: DataView, numbers: StepNumbers): void {
  STEP_FIELDS.forEach((field, index) => {
    const value = numbers[field] ?? 0;
    if (FLOATS.has(field)) {
      view.setFloat32(4 * index, Math.max(-LARGEST, Math.min(LARGEST, value)), true);
    } else view.setUint32(4 * index, value, true);
  });
}
