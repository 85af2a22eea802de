import { ROUTES } from '../../src/session/routes.ts';
import { DESKTOP, LANDSCAPE, PORTRAIT, type WindowSize } from './engine-browser.ts';
import { expect, test } from './engine-test.ts';
import { expectDetails } from './layout-details.ts';
import { controlsOutOfReach, layoutOf, widerThanWindow } from './look-at-page.ts';

type Layout = Readonly<Record<string, string>>;

const nameOf = ({ width, height }: WindowSize) => `${width}x${height}`;

test('each page fits each window, also when the window was turned on another page', async ({
  app,
  serve,
  drawFiles,
}) => {
  const { url } = await serve();
  const { browser } = app;
  // First of all Train, which asks for the base before it is here.
  await app.open(url, 'train');
  // As on phones that cannot choose a folder.
  await browser.run(() => Reflect.deleteProperty(HTMLInputElement.prototype, 'webkitdirectory'));
  await app.expectOfflineReady();
  await app.importPhotos('cat', await drawFiles('cat', [1, 2, 3]));
  await app.importPhotos('dog', await drawFiles('dog', [1, 2]));
  await app.train();

  // Every page was opened in one size before it is opened in another.
  for (const route of ROUTES) await app.visit(route);
  for (const size of [LANDSCAPE, DESKTOP, PORTRAIT]) {
    await app.visit('train');
    await browser.resize(size);
    // The page on which the window was turned comes last.
    for (const route of ['capture', 'live', 'photos', 'models', 'settings', 'train'] as const) {
      await app.visit(route);
      const where = `${route} at ${nameOf(size)}`;
      const opened = await browser.run(layoutOf);
      expect.soft(await browser.run(widerThanWindow), where).toEqual([]);
      expect.soft(await browser.run(controlsOutOfReach), where).toEqual([]);
      // A page that is turned itself is laid out anew.
      await browser.resize({ width: 600, height: 600 });
      await browser.resize(size);
      expect.soft(inBoth(opened, await browser.run(layoutOf)), where).toEqual(opened);
    }
  }
  await expectDetails(app);
});

/** What has arrived or gone in the meantime is no difference. */
function inBoth(opened: Layout, turned: Layout): Layout {
  return Object.fromEntries(Object.keys(opened).map((key) => [key, turned[key] ?? opened[key]!]));
}
