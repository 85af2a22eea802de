import { ROUTES } from '../../src/session/routes.ts';
import type { AppInEngine } from './app-in-engine.ts';
import { differenceAt } from './compare-pictures.ts';
import type { EngineBrowser } from './engine-browser.ts';
import { expect, test } from './engine-test.ts';

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

test('learns from imported photos, and goes on in a new browser without a server', async ({
  app,
  serve,
  drawFiles,
}) => {
  const server = await serve({ dir: 'dist' });
  await app.open(server.url, 'capture');
  await app.expectOfflineReady();
  // For threads; WebKit does not run the learning worker of an isolated page (docs/browsers.md).
  const isIsolated = await app.browser.run(() => crossOriginIsolated);
  expect(isIsolated).toBe(test.info().project.name === 'firefox');
  for (const kind of ['cat', 'dog'] as const) {
    await app.importPhotos(kind, await drawFiles(kind, seeds(1, 10)));
  }
  const { correct, count } = await app.train();
  expect(count).toBeGreaterThan(0);
  expect(correct / count).toBeGreaterThanOrEqual(0.5);
  const [cat] = await drawFiles('cat', [101]);
  const [dog] = await drawFiles('dog', [114]);
  expect(await app.ask(cat!)).toBe('cat');
  if (test.info().project.name === 'webkit') await expectStillAfterHeatMap(app);

  await server.close();
  await app.restartBrowser();
  await app.open(server.url, 'live');
  expect(await app.ask(dog!)).toBe('dog');
  await app.importPhotos('dog', await drawFiles('dog', seeds(11, 2)), 10);
  await app.train();
  for (const route of ROUTES) await app.visit(route);
  await app.expectOfflineReady();
});

/** WebKit loses what a canvas shows when something is laid over it: the picture must come back. */
async function expectStillAfterHeatMap(app: AppInEngine): Promise<void> {
  const { browser } = app;
  const before = await settledPicture(browser);
  for (const shown of [true, false]) {
    await app.click('[data-action="heat-map"]');
    await expect.poll(() => app.isVisible('pp-heat-map')).toBe(shown);
  }
  await expect
    .poll(async () => differenceAt(browser, '.still', before, await browser.screenshot()))
    .toBeLessThan(4);
}

/** On a busy machine WebKit paints late: a picture counts once it has stayed the same. */
async function settledPicture(browser: EngineBrowser): Promise<Buffer> {
  let picture = await browser.screenshot();
  let timesSame = 0;
  const compareWithNext = async () => {
    const last = picture;
    picture = await browser.screenshot();
    const isSame = (await differenceAt(browser, '.still', last, picture)) < 4;
    timesSame = isSame ? timesSame + 1 : 0;
    return timesSame;
  };
  await expect.poll(compareWithNext, { intervals: [500] }).toBeGreaterThanOrEqual(3);
  return picture;
}
