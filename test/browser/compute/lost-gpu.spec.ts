import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { outcome, SHORT, uninterrupted } from '../interrupted-training.ts';
import { startEngine } from '../start-engine.ts';

test.use({ webgpu: true });

test('a lost GPU is started again, and answers as before', async ({ page }) => {
  await startEngine(page, TINY_BASES, 'webgpu');
  const session = await page.context().browser()!.newBrowserCDPSession();
  await page.evaluate(() => {
    Object.assign(globalThis, { phases: [] as string[] });
    harness.onStatus(({ phase }) => {
      (globalThis as unknown as { phases: string[] }).phases.push(phase);
    });
  });
  await session.send('Browser.crashGpuProcess');
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { phases: string[] }).phases))
    .toContain('starting');
  await expect
    .poll(() => page.evaluate(() => harness.status().phase), { timeout: 60_000 })
    .toBe('ready');
  const info = await page.evaluate(() => harness.status().info!);
  expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
});

test('a lost GPU costs an epoch at most: the training goes on by itself, bit for bit', async ({
  page,
}) => {
  // The short form loses a WebGL context instead: faults/lost-device.
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'webgpu');
  const whole = await uninterrupted(page, SHORT);
  const session = await page.context().browser()!.newBrowserCDPSession();
  await page.exposeFunction('crashGpu', () => session.send('Browser.crashGpuProcess' as never));
  const resumed = await outcome(page, () =>
    page.evaluate(async (options) => {
      let crashed = false;
      const { id } = await harness.train(options, {
        onProgress: ({ epoch }) => {
          if (epoch !== 4 || crashed) return;
          crashed = true;
          void (globalThis as unknown as { crashGpu: () => Promise<void> }).crashGpu();
        },
      });
      if (!crashed) throw new Error('The GPU was not lost');
      return id;
    }, SHORT),
  );
  expect(resumed).toEqual(whole);
});

test('cancelled while a lost GPU starts again, it is forgotten', async ({ page }) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'webgpu');
  const session = await page.context().browser()!.newBrowserCDPSession();
  await page.exposeFunction('crashGpu', () => session.send('Browser.crashGpuProcess' as never));
  const result = await page.evaluate(async (options) => {
    const control = new AbortController();
    let crashed = false;
    const training = harness.train(options, {
      signal: control.signal,
      onProgress: ({ epoch }) => {
        if (epoch !== 1 || crashed) return;
        crashed = true;
        void (globalThis as unknown as { crashGpu: () => Promise<void> }).crashGpu();
      },
    });
    const ended = training.then(
      () => 'finished',
      (thrown: unknown) => (thrown as { kind: string }).kind,
    );
    await new Promise<void>((resolve) => {
      harness.onStatus(({ phase }) => {
        if (crashed && phase !== 'ready') resolve();
      });
    });
    control.abort();
    return {
      kind: await ended,
      checkpoint: await harness.checkpoints.unfinishedTraining(),
      phase: harness.status().phase,
    };
  }, SHORT);
  expect(result).toEqual({ kind: 'cancelled', phase: 'ready' });
});
