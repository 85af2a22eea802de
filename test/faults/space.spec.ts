import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expectOfflineReady } from '../e2e/launch-phone.ts';
import { shutter, takePhoto, visit } from '../e2e/phone-test.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expect, FragilePhone, longForm, test } from './fault-test.ts';
import { count } from './figures.ts';
import { expectNothingLost } from './stored-library.ts';

const run = promisify(execFile);
const notice = (page: Page) => page.locator('pp-notice-bar').first();

/** Bytes that photos may take before the quota is reached. */
const ROOM = 100_000;

test('the quota is used up: said, nothing is lost, and saving goes on once there is room', async ({
  serve,
  phone,
}) => {
  const server = await serve();
  const { origin } = new URL(server.url);
  const installing = await phone.open(server.url);
  await takePhoto(installing);
  await expectOfflineReady(installing);
  await phone.close();

  // Before the app opens its library: Chromium asks for the quota now and then only.
  const page = await phone.start();
  const session = await page.context().newCDPSession(page);
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + ROOM });
  count('faults injected');
  await page.goto(server.url);
  await expect(shutter(page, 'cat')).toBeEnabled();
  await expect(async () => {
    await shutter(page, 'cat').click();
    await expect(notice(page)).toContainText('for the app is full. Nothing saved so far is lost', {
      timeout: 500,
    });
  }).toPass();
  const stored = await expectNothingLost(page, new Map());
  await expect(shutter(page, 'cat')).toHaveAccessibleName(new RegExp(`, ${stored.length} photo`));

  // Still full: asking again does not hide that.
  const banner = page.locator('pp-banner[data-full]');
  const tryAgain = banner.getByRole('button', { name: 'Try again' });
  await tryAgain.click();
  await visit(page, 'photos');
  await expect(page.locator('button[data-photo]').first()).toBeVisible();
  // The photos were read behind what the tap has asked.
  await expect(banner).toBeVisible();

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await tryAgain.click();
  await expect(banner).toBeHidden();
  await visit(page, 'capture');
  await takePhoto(page);
  expect((await expectNothingLost(page, new Map())).length).toBeGreaterThan(stored.length);
});

/** A disk of 64 MB; undefined where this system does not let the test have one. */
async function smallDisk(folder: string): Promise<string | undefined> {
  const disk = join(folder, 'disk');
  await mkdir(disk);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]);
    return disk;
  } catch {
    return undefined;
  }
}

/** Writes until nothing more fits. */
async function fill(file: string): Promise<void> {
  for (let i = 0, size = 8_000_000; size > 500;) {
    try {
      await writeFile(`${file}-${i++}`, Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
}

longForm(() => {
  test('the disk is full: said, and never a silently empty library; saving goes on with room', async ({
    serve,
    folder,
  }) => {
    const disk = await smallDisk(folder);
    test.skip(disk === undefined, 'a small disk needs the right to mount one');
    const phone = new FragilePhone(join(disk!, 'profile'));
    const filler = join(disk!, 'filler');
    try {
      const server = await serve();
      const page = await phone.open(server.url);
      await takePhoto(page);
      await expectOfflineReady(page);
      await mkdir(filler);
      await fill(join(filler, 'a'));
      count('faults injected');
      // On a disk without a single free byte Chromium itself clears what sites have stored.
      const cleared = page.locator('pp-banner[data-lost]');
      const refused = notice(page).getByText('Nothing saved so far is lost');
      await expect(async () => {
        await shutter(page, 'cat').click();
        await expect(cleared.or(refused).first()).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await rm(filler, { recursive: true });
      await takePhoto(page);
      const photos = await expectNothingLost(page, new Map());
      if (photos.length === 1) await expect(cleared).toContainText(/\d photos? (is|are) gone/);
    } finally {
      await phone.close();
      await run('umount', ['-l', disk!]);
    }
  });
});

/** As a browser has a value that is too large for its database itself: in a file of its own. */
async function largePhoto(page: Page): Promise<void> {
  const jpeg = await noiseJpeg(page);
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-import-state] [data-class="dog"]').click();
  await (await choosing).setFiles([{ name: 'noise.jpg', mimeType: 'image/jpeg', buffer: jpeg }]);
  await expect(page.locator('[data-filter="dog"]')).toContainText('1');
  await expect(page.locator('[data-import-state]')).toBeHidden();
}

async function noiseJpeg(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(512, 512);
    const context = canvas.getContext('2d')!;
    const picture = context.createImageData(512, 512);
    for (let i = 0; i < picture.data.length; i += 65_536) {
      crypto.getRandomValues(picture.data.subarray(i, i + 65_536));
    }
    context.putImageData(picture, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return Buffer.from(bytes);
}

test('the file of one photo is damaged: it says so, and every other photo is as it was', async ({
  serve,
  phone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const server = await serve();
  const before = await phone.open(server.url);
  await takePhoto(before);
  await visit(before, 'photos');
  await largePhoto(before);
  await phone.close();
  const databases = join(phone.profile, 'Default', 'IndexedDB');
  const blobs = (await readdir(databases, { recursive: true })).filter((name) =>
    /\.blob\/.*\/[0-9a-f]+$/.test(name),
  );
  expect(blobs.length).toBeGreaterThan(0);
  for (const name of blobs) {
    const file = join(databases, name);
    if ((await stat(file)).isFile()) await truncate(file, 100);
  }
  count('faults injected');

  const page = await phone.open(`${server.url}#/photos`);
  await expect(page.locator('button[data-photo]')).toHaveCount(2);
  await expect(page.locator('pp-banner[data-lost]')).toHaveCount(0);
  await page.locator('button[data-photo][data-class="dog"]').click();
  await expect(page.locator('pp-photo-image')).toContainText('cannot be read');
  await page.keyboard.press('Escape');
  await page.locator('button[data-photo][data-class="cat"]').click();
  await expect(page.locator('pp-photo-image img')).toBeVisible();
});
