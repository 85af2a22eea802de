import { DevBuild } from '../../scripts/dev/dev-build.ts';
import { expect, test } from './phone-test.ts';

test('the build of `npm run dev` is a whole app, and is made again', async ({
  folder,
  serve,
  openPhone,
}) => {
  const app = new DevBuild(folder);
  await app.copyBases();
  await app.build();
  const server = await serve({ dir: folder, revalidate: true });
  const page = await openPhone();
  await page.goto(`${server.url}#/live`);
  // The worker, its packages and the base are there.
  await expect(page.locator('[data-answer]')).toBeVisible();
  await expect(page.locator('pp-app')).toHaveAttribute('data-airplane', 'ready');

  await app.build();
  const { headers } = await fetch(`${server.url}assets/main-dev.js`);
  expect(headers.get('cache-control')).toBe('no-cache');
  await page.reload();
  await expect(page.locator('[data-answer]')).toBeVisible();
  await app.end();
});
