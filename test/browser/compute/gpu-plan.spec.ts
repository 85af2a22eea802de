import type { Page } from '@playwright/test';
import type { ClassifyOptions } from '../../../src/records/classification.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { addTrainedLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

/** What a page's engine asked of its GPU. */
interface Calls {
  dispatches: number;
  submits: number;
  bindGroups: number;
  buffers: number;
  /** Bytes written to the device, and mapped for reading. */
  written: number;
  read: number;
}

const NONE: Calls = {
  ...{ dispatches: 0, submits: 0, bindGroups: 0, buffers: 0 },
  ...{ written: 0, read: 0 },
};

test.use({ webgpu: true });

/** Counts what each worker that starts from now on asks of its GPU. */
function countCalls(page: Page): void {
  page.on('worker', (worker) => {
    void worker.evaluate((none) => {
      const calls = { ...none };
      Object.assign(globalThis, { calls });
      const count = <Name extends string>(
        prototype: Record<Name, (...args: never[]) => unknown>,
        name: Name,
        add: (...args: never[]) => void,
      ) => {
        const original = prototype[name] as (...args: unknown[]) => unknown;
        prototype[name] = function (this: unknown, ...args: never[]) {
          add(...args);
          return original.apply(this, args);
        };
      };
      count(GPUComputePassEncoder.prototype as never, 'dispatchWorkgroups', () => {
        calls.dispatches++;
      });
      count(GPUQueue.prototype as never, 'submit', () => {
        calls.submits++;
      });
      count(GPUDevice.prototype as never, 'createBindGroup', () => {
        calls.bindGroups++;
      });
      count(GPUDevice.prototype as never, 'createBuffer', () => {
        calls.buffers++;
      });
      count(
        GPUQueue.prototype as never,
        'writeBuffer',
        (_: never, __: never, data: ArrayBuffer) => {
          calls.written += data.byteLength;
        },
      );
      count(GPUBuffer.prototype as never, 'mapAsync', (_: never, __: never, size: number) => {
        calls.read += size;
      });
    }, NONE);
  });
}

/** The calls since the last time that they were asked for. */
function callsOf(page: Page): Promise<Calls> {
  return page
    .workers()
    .at(-1)!
    .evaluate((none) => {
      const { calls } = globalThis as unknown as { calls: Calls };
      const now = { ...calls };
      Object.assign(calls, none);
      return now;
    }, NONE);
}

/** What the model says of a drawn pet. */
function ask(page: Page, options: ClassifyOptions) {
  return page.evaluate(async (options) => {
    const canvas = new OffscreenCanvas(320, 320);
    harness.drawPet(canvas, 'cat', 51);
    const answer = await harness.classify(canvas.transferToImageBitmap(), options);
    const { probabilities, novelty, milliseconds, boxes } = answer;
    return { probabilities, novelty, milliseconds, boxes, heat: answer.heatMap?.values ?? [] };
  }, options);
}

for (const bases of [TINY_BASES, 'bases/']) {
  test(`a live frame on ${bases} is one submit and one small readback, and answers as wasm does`, async ({
    page,
  }) => {
    test.skip(bases === 'bases/' && !LONG_FORM, LONG_FORM_ONLY);
    await addTrainedLibrary(page, bases);
    await startEngine(page, bases, 'wasm');
    const onWasm = await ask(page, { heatMap: true, boxes: true });
    countCalls(page);
    await startEngine(page, bases, 'webgpu');
    const onGpu = await ask(page, { heatMap: true });
    // All readers are made.
    await ask(page, {});
    await ask(page, { boxes: true });
    const withBoxes = await ask(page, { heatMap: true, boxes: true });
    // The tiny base finds no animals.
    const findsBoxes = bases !== TINY_BASES;
    if (findsBoxes) {
      expect(onWasm.boxes).toBeDefined();
      expect(withBoxes.boxes).toHaveLength(onWasm.boxes!.length);
      onWasm.boxes!.forEach((box, i) => {
        const found = withBoxes.boxes![i]!;
        for (const side of ['x', 'y', 'width', 'height', 'score'] as const) {
          expect(found[side]).toBeCloseTo(box[side], 3);
        }
      });
    }
    withBoxes.heat.forEach((value, i) => {
      expect(value).toBeCloseTo(onWasm.heat[i]!, 3);
    });
    expect(onGpu.heat).toHaveLength(onWasm.heat.length);
    for (const [values, expected] of [
      [onGpu.probabilities, onWasm.probabilities],
      [[onGpu.novelty], [onWasm.novelty]],
      [onGpu.heat, onWasm.heat],
    ] as const) {
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 3);
      });
    }

    for (const [heatMap, boxes] of [
      [false, false],
      [true, false],
      ...(findsBoxes ? [[false, true] as const] : []),
    ] as const) {
      await callsOf(page);
      const { milliseconds } = await ask(page, { heatMap, boxes, follows: true });
      const calls = await callsOf(page);
      console.log(
        bases,
        `a live frame${heatMap ? ' with a heat map' : ''}${boxes ? ' with boxes' : ''}`,
        JSON.stringify(calls),
        milliseconds,
        'ms',
      );
      expect(calls).toMatchObject({ submits: 1, bindGroups: 0, buffers: 0 });
      expect(calls.dispatches).toBeLessThanOrEqual(56);
      // With boxes: 24 numbers for their sides and a logit for each class, at each place.
      expect(calls.read).toBeLessThanOrEqual(boxes ? 20_000 : 6_000);
      const { inputSize } = await page.evaluate(() => harness.status().info!);
      // A word for each pixel, and what kind of picture it is.
      expect(calls.written).toBeLessThanOrEqual(4 * inputSize ** 2 + 32);
    }
  });
}

test('the GPU’s clock times a frame once somebody looks, in the same readback', async ({
  page,
}) => {
  await addTrainedLibrary(page, TINY_BASES);
  countCalls(page);
  await startEngine(page, TINY_BASES, 'webgpu');
  const readBy = async (): Promise<number> => {
    await callsOf(page);
    await ask(page, { follows: true });
    const calls = await callsOf(page);
    expect(calls).toMatchObject({ submits: 1, bindGroups: 0, buffers: 0 });
    return calls.read;
  };
  await ask(page, {});
  const features = await readBy();
  expect(features).toBeLessThanOrEqual(6_000);
  // The passes of the start were timed.
  expect(await page.evaluate(() => harness.gpuMilliseconds())).toBeGreaterThan(0);
  // Two timestamps, at a multiple of their size.
  expect(await readBy()).toBe(Math.ceil(features / 8) * 8 + 16);
  expect(await readBy()).toBe(features);
});
