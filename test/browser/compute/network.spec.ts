import { addDrawnPets, expect, seeds, test } from '../harness-test.ts';

test('in an isolated page, threads give the features that one thread and TensorFlow.js give', async ({
  page,
}) => {
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const found = await page.evaluate(async () => {
    const networks = await globalThis.harness.networks();
    const contenders = await networks.openNetworks(160, 'wasm', 'features');
    const features: number[][] = [];
    for (const index of contenders.keys()) features.push(await networks.featuresOf(index, 2));
    return { contenders, features };
  });
  const engines = found.contenders.map(({ engine, threads }) => `${engine}, ${threads}`);
  expect(engines[0]).toBe('ours, 1');
  expect(engines).toContain('LayersModel, 1');
  const processors = await page.evaluate(() => navigator.hardwareConcurrency);
  if (processors > 1) expect(engines).toContain(`ours, ${Math.min(4, processors)}`);
  for (const features of found.features) {
    const differences = features.map((value, i) => Math.abs(value - found.features[0]![i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-3);
  }
});

test('the engine takes as many threads as are fastest, and gives them back while the page is hidden', async ({
  page,
  browser,
}) => {
  const processors = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(processors < 2, 'one processor has no second thread');
  const targets = await browser.newBrowserCDPSession();
  const helpers = async () => {
    const { targetInfos } = await targets.send('Target.getTargets');
    return targetInfos.filter(({ url }) => url.includes('/thread-worker-')).length;
  };
  // On a busy machine one thread may be the fastest: the others then come for the measurement alone.
  const came = new Set<string>();
  const note = ({ targetInfo }: { targetInfo: { targetId: string; url: string } }) => {
    if (targetInfo.url.includes('/thread-worker-')) came.add(targetInfo.targetId);
  };
  targets.on('Target.targetCreated', note);
  targets.on('Target.targetInfoChanged', note);
  await targets.send('Target.setDiscoverTargets', { discover: true });
  const threads = () => page.evaluate(() => harness.threads());
  await page.evaluate(() => harness.startEngine());
  expect(await threads()).toBe(1);
  await addDrawnPets(page, 'cat', seeds(1, 6));
  await expect.poll(() => came.size).toBeGreaterThan(0);
  await page.evaluate(() => {
    harness.setHidden(true);
  });
  await expect.poll(helpers).toBe(0);
  expect(await threads()).toBe(1);
  await page.evaluate(() => {
    harness.setHidden(false);
  });
  await expect.poll(async () => (await threads())! - (await helpers())).toBe(1);
});
