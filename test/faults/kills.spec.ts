import type { Page } from '@playwright/test';
import { countOf, shutter, takePhoto } from '../e2e/phone-test.ts';
import { expectOfflineReady } from '../e2e/launch-phone.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { expect, rounds, test } from './fault-test.ts';
import { count } from './figures.ts';
import { expectNothingLost } from './stored-library.ts';

const WRITES = rounds(1, 100);
const BURSTS = rounds(1, 30);
const LONGEST_MS = 900;

/** Stores noise, photo after photo, and tells of each as a page does: after `addPhoto` resolved. */
async function storeForever(page: Page, acknowledged: Map<string, string>): Promise<void> {
  await page.exposeFunction('acknowledge', (id: string, sha256: string) => {
    acknowledged.set(id, sha256);
  });
  await page.evaluate(() => {
    const { acknowledge } = globalThis as unknown as {
      acknowledge: (id: string, sha256: string) => void;
    };
    void (async () => {
      for (;;) {
        const canvas = new OffscreenCanvas(192, 192);
        const context = canvas.getContext('2d')!;
        const picture = context.createImageData(192, 192);
        for (let i = 0; i < picture.data.length; i += 16_384) {
          crypto.getRandomValues(picture.data.subarray(i, i + 16_384));
        }
        context.putImageData(picture, 0, 0);
        const encoded = await harness.encode.encodePhoto(canvas);
        const photo = { classId: 'cat', ...encoded, source: 'file' as const };
        const added = await harness.photos.addPhoto(photo);
        acknowledge(added.photo.id, added.photo.sha256);
      }
    })();
  });
}

test('killed in the middle of writes: what was acknowledged is there, and nothing by half', async ({
  serve,
  phone,
}) => {
  test.setTimeout(300_000 + WRITES * 60_000);
  const server = await serve({ dir: HARNESS_FOLDER });
  const acknowledged = new Map<string, string>();
  let all = 0;
  for (let round = 0; round <= WRITES; round++) {
    const page = await phone.start();
    await page.goto(server.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    // Through the app's own code, which makes the library if there is none yet.
    const listed = await page.evaluate(() => harness.photos.listPhotos());
    const stored = await expectNothingLost(page, acknowledged);
    expect(stored).toHaveLength(listed.length);
    // As the app does at its start: what the last kill left must not meet what is written now.
    await page.evaluate(() => harness.beginFreshLog());
    if (round > 0) count('kills survived');
    if (round === WRITES) break;
    const before = acknowledged.size;
    await storeForever(page, acknowledged);
    await expect.poll(() => acknowledged.size, { intervals: [20] }).toBeGreaterThan(before);
    // A kill comes at any moment of a write; nothing waits for this to be over.
    await page.waitForTimeout(Math.random() * LONGEST_MS);
    await phone.kill();
    all += acknowledged.size - before;
  }
  expect(all).toBeGreaterThanOrEqual(WRITES);
});

test('killed in the middle of a burst, with the server gone: each photo that was counted is there', async ({
  serve,
  phone,
}) => {
  test.setTimeout(300_000 + BURSTS * 60_000);
  const server = await serve();
  const first = await phone.open(server.url);
  await takePhoto(first);
  await expectOfflineReady(first);
  await server.close();
  let counted = await countOf(first, 'cat');
  for (let round = 0; round < BURSTS; round++) {
    // Pictures that were stored in an earlier round would not be stored again.
    const page = round === 0 ? first : await phone.open(server.url, { fps: 6 + round / 10 });
    await expect(shutter(page, 'cat')).toBeEnabled();
    expect(await countOf(page, 'cat')).toBeGreaterThanOrEqual(counted);
    counted = await countOf(page, 'cat');
    await shutter(page, 'cat').hover();
    await page.mouse.down();
    const end = counted + 2 + Math.floor(Math.random() * 6);
    await expect
      .poll(async () => (counted = await countOf(page, 'cat')), { intervals: [20] })
      .toBeGreaterThanOrEqual(end);
    await phone.kill();
  }
  const page = await phone.open(server.url);
  await expect(shutter(page, 'cat')).toBeEnabled();
  count('kills survived', BURSTS);
  const photos = await expectNothingLost(page, new Map());
  count('records lost', Math.max(0, counted - photos.length));
  expect(photos.length).toBeGreaterThanOrEqual(counted);
});

test('the page’s process dies in a burst: reopened, each photo that was counted is there', async ({
  appUrl,
  phone,
}) => {
  const page = await phone.open(appUrl);
  await takePhoto(page);
  await shutter(page, 'cat').hover();
  await page.mouse.down();
  let counted = 0;
  await expect
    .poll(async () => (counted = await countOf(page, 'cat')), { intervals: [20] })
    .toBeGreaterThan(4);
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  count('faults injected');

  const again = await page.context().newPage();
  await again.goto(appUrl);
  await expect(shutter(again, 'cat')).toBeEnabled();
  const photos = await expectNothingLost(again, new Map());
  expect(photos.length).toBeGreaterThanOrEqual(counted);
});
