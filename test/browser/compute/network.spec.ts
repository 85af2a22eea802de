import { expect, test } from '../harness-test.ts';

test('in an isolated page, threads give the features that one thread and TensorFlow.js give', async ({
  page,
}) => {
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // It throws if an engine gives other features.
  const timed = await page.evaluate(async () =>
    (await globalThis.harness.networks()).timeNetworks(160, 1, 1, 1),
  );
  const engines = timed.map(({ engine, threads }) => `${engine}, ${threads}`);
  expect(engines[0]).toBe('ours, 1');
  expect(engines).toContain('LayersModel, 1');
  const processors = await page.evaluate(() => navigator.hardwareConcurrency);
  if (processors > 1) expect(engines).toContain(`ours, ${Math.min(4, processors)}`);
});
