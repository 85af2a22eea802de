import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { expect, test } from './phone-test.ts';

const PHOTOS = 6;

test('an import goes on when its sheet is closed over it, and brings its report', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  const resume = await holdDecoding(page);
  await page.goto(`${appUrl}#/photos`);
  await startImport(page);
  const sheet = page.locator('[data-import-state]');
  await expect(sheet).toHaveAttribute('data-import-state', 'running');
  // The page prevents the first Escape; the browser closes the sheet at a later one.
  await expect(async () => {
    await page.keyboard.press('Escape');
    expect(await sheet.isVisible()).toBe(false);
  }).toPass({ intervals: [10] });
  await expect(page.getByText('The import goes on.')).toBeVisible();

  // Nor does it end with the page. It is held until then: its report would open over the link.
  await page.locator('a[href="#/train"]').click();
  await expect(page.locator('pp-train-page')).toBeVisible();
  await resume();
  await page.locator('a[href="#/photos"]').first().click();
  await expect(page.locator('[data-import-state="done"]')).toBeVisible();
  await expect(page.locator('[data-refused]')).toContainText('notes.jpg');
  await expect(page.locator('[data-import-state] h2')).toHaveText(`${PHOTOS} photos added`);
});

/** Lets no picture be decoded before the returned function is called: the import runs until then. */
async function holdDecoding(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const held = new Promise<void>((resolve) => Object.assign(globalThis, { resume: resolve }));
    // Workers decode the files that they are sent.
    const send = Reflect.get(Worker.prototype, 'postMessage');
    Worker.prototype.postMessage = function (this: Worker, ...call: unknown[]) {
      const now = () => void Reflect.apply(send, this, call);
      const { file } = Object(call[0]) as { file?: unknown };
      if (file instanceof Blob) void held.then(now);
      else now();
    };
  });
  return () => page.evaluate(() => (globalThis as unknown as { resume: () => void }).resume());
}

async function startImport(page: Page): Promise<void> {
  const seeds = Array.from({ length: PHOTOS }, (_, i) => i + 1);
  const jpegs = await renderJpegs(drawnPets('cat', seeds), 480, 640);
  const files = jpegs.map((buffer, i) => ({ name: `${i}.jpg`, mimeType: 'image/jpeg', buffer }));
  const notes = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('hello') };
  await page.locator('[data-action="import"]').first().click();
  const choosing = page.waitForEvent('filechooser');
  await page.locator('[data-import-state] [data-class="cat"]').click();
  await (await choosing).setFiles([...files, notes]);
}
