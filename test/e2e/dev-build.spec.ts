import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DevBuild } from '../../scripts/dev/dev-build.ts';
import { expect, test } from './phone-test.ts';

const ENTRY = 'assets/main-dev.js';

test('the build of `npm run dev` is a whole app, and is made again', async ({
  folder,
  serve,
  openPhone,
}) => {
  const app = new DevBuild(folder);
  try {
    await app.copyBases();
    await app.build();
    const server = await serve({ dir: folder, revalidate: true });
    const page = await openPhone();
    await page.goto(`${server.url}#/live`);
    // The worker, its packages and the base are there.
    await expect(page.locator('[data-answer]')).toBeVisible();
    await expect(page.locator('pp-app')).toHaveAttribute('data-airplane', 'ready');

    // A file that would be the same is not written again.
    await rm(join(folder, ENTRY));
    await app.build();
    const { ok, headers } = await fetch(`${server.url}${ENTRY}`);
    expect(ok).toBe(true);
    expect(headers.get('cache-control')).toBe('no-cache');
    await page.reload();
    await expect(page.locator('[data-answer]')).toBeVisible();
  } finally {
    await app.end();
  }
});
