import type { Page } from '@playwright/test';
import { expectOfflineReady } from './launch-phone.ts';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { expect, shutter, takePhoto, test, visit } from './phone-test.ts';

const banner = (page: Page) => page.locator('pp-banner');

/**
 * What a browser that resists fingerprinting does to canvases: Firefox gives noise, Brave flips the
 * lowest bit of some values.
 */
function spoil(strength: 'noise' | 'bits'): void {
  const spoilPixels = (data: Uint8ClampedArray) => {
    for (let i = 0; i < data.length; i++) {
      if (i % 4 === 3) continue;
      if (strength === 'noise') data[i] = Math.random() * 256;
      else if (Math.random() < 0.01) data[i]! ^= 1;
    }
  };
  for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    // oxlint-disable-next-line typescript/unbound-method -- called with `apply` below
    const read = prototype.getImageData as (...args: unknown[]) => ImageData;
    prototype.getImageData = function (...args: unknown[]) {
      const image = read.apply(this, args);
      spoilPixels(image.data);
      return image;
    };
  }
  // oxlint-disable-next-line typescript/unbound-method -- called with `call` below
  const encode = OffscreenCanvas.prototype.convertToBlob;
  OffscreenCanvas.prototype.convertToBlob = function (options) {
    const copy = new OffscreenCanvas(this.width, this.height);
    const context = copy.getContext('2d')!;
    context.drawImage(this, 0, 0);
    context.putImageData(context.getImageData(0, 0, copy.width, copy.height), 0, 0);
    return encode.call(copy, options);
  };
}

/** As the page has it, in front of a worker's own script. */
const inWorker = (strength: string) =>
  `globalThis.CanvasRenderingContext2D ??= OffscreenCanvasRenderingContext2D;(${spoil.toString()})(${JSON.stringify(strength)});`;

test('canvases that give noise: said on every page, and nothing of it is stored', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ cameras: 1 });
  await page.addInitScript(spoil, 'noise' as const);
  await page.context().route(/\/assets\/prepare-worker-[^/]+\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: inWorker('noise') + (await response.text()) });
  });
  await page.goto(appUrl);
  for (const place of ['capture', 'live', 'train', 'settings']) {
    await visit(page, place);
    await expect(banner(page)).toHaveCount(1);
    await expect(banner(page)).toHaveAttribute('data-withheld', 'canvas');
    await expect(banner(page)).toContainText('noise');
  }
  await visit(page, 'capture');
  await expect(shutter(page, 'cat')).toBeEnabled();
  await shutter(page, 'cat').dispatchEvent('click');
  await expect(page.locator('pp-notice-bar')).toContainText('noise');

  const [buffer] = await renderJpegs(drawnPets('cat', [1]), 480, 640);
  await visit(page, 'photos');
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-import-state] [data-class="cat"]').click();
  await (await choosing).setFiles({ name: 'cat.jpg', mimeType: 'image/jpeg', buffer: buffer! });
  await expect(page.locator('[data-import-state]')).toContainText('noise');
  await page.reload();
  await expect(page.locator('pp-photos-page')).toContainText('No photos yet');
});

test('canvases with a bit flipped here and there take photos as always', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ cameras: 1 });
  await page.addInitScript(spoil, 'bits' as const);
  await page.goto(appUrl);
  await takePhoto(page);
  await expect(banner(page)).toHaveCount(0);
});

/** What tells a private window, in the browsers in which anything does. */
const PRIVATE: Readonly<Record<string, () => void>> = {
  'the quota of a private window of Chrome 126': () => {
    navigator.storage.estimate = () => Promise.resolve({ quota: 8e8, usage: 0 });
  },
  'no private file system, as in private windows of Firefox': () => {
    navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));
  },
};

for (const [name, isPrivate] of Object.entries(PRIVATE)) {
  test(`a private window: said before the first photo that nothing lasts: ${name}`, async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone();
    await page.addInitScript(isPrivate);
    await page.goto(appUrl);
    await expect(banner(page)).toHaveAttribute('data-private');
    await expect(banner(page)).toContainText('when you close it, your photos and models are gone');
    await visit(page, 'train');
    await expect(banner(page)).toBeVisible();
    await banner(page).getByRole('button', { name: 'Understood' }).click();
    await expect(banner(page)).toBeHidden();
  });
}

test('no window is called private that may be none: a promise to keep data, a full disk', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => {
    navigator.storage.persisted = () => Promise.resolve(true);
    navigator.storage.estimate = () => Promise.resolve({ quota: 8e8, usage: 0 });
  });
  await page.goto(appUrl);
  await expectOfflineReady(page);
  await expect(banner(page)).toBeHidden();
  const full = await openPhone();
  await full.addInitScript(() => {
    navigator.storage.getDirectory = () =>
      Promise.reject(new DOMException('', 'QuotaExceededError'));
  });
  await full.goto(appUrl);
  await expectOfflineReady(full);
  await expect(banner(full)).toBeHidden();
});

test('no WebAssembly, as in Lockdown Mode: another backend computes, and it is said in words', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.context().route(/\/assets\/worker-[^/]+\.js/, async (route) => {
    const response = await route.fetch();
    const body = `delete globalThis.WebAssembly;${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await page.goto(`${appUrl}#/settings`);
  await expectOfflineReady(page, 120_000);
  await expect(page.locator('pp-base-section [data-no-wasm]')).toContainText('Lockdown Mode');
});
