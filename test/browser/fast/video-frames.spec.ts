import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness-test.ts';
import { PeakMemory } from '../peak-memory.ts';
import { startEngine } from '../start-engine.ts';

test.use({ ownChromium: true });

/** Asks about frames as a camera gives them. */
function classifyFrames(page: Page, count: number): Promise<number> {
  return page.evaluate(async (count) => {
    const [width, height] = [1280, 720];
    const data = new Uint8Array((width * height * 3) / 2).fill(90);
    let answers = 0;
    for (let i = 0; i < count; i++) {
      data.fill(i % 200, 0, width * 300);
      const timestamp = 33_000 * i;
      const options = {
        format: 'I420',
        codedWidth: width,
        codedHeight: height,
        timestamp,
      } as const;
      const { probabilities } = await harness.classify(new VideoFrame(data, options));
      answers += probabilities.length > 0 ? 1 : 0;
    }
    return answers;
  }, count);
}

test('memory does not grow with the frames of a camera', async ({ page }) => {
  test.skip(!existsSync('/proc/self/clear_refs'), 'memory is read from /proc, as Linux has it');
  await startEngine(page, 'bases/', 'wasm');
  await classifyFrames(page, 5);
  const memory = await PeakMemory.of(page);
  const before = await memory.megabytes();
  expect(await classifyFrames(page, 120)).toBe(120);
  // All of them take 440 MB.
  expect((await memory.megabytes()) - before).toBeLessThan(150);
});
