import type { Page } from '@playwright/test';
import { tinyBase } from '../fixtures/base-tiny.ts';
import type { HarnessServer } from '../harness/serve-harness.ts';

/**
 * A folder with a tiny base that gives features of an earlier layer too.
 *
 * @param scale how much they count
 */
export async function furtherBase(served: HarnessServer, scale = 10): Promise<string> {
  const { folder, address } = await served.makeFolder();
  await tinyBase(folder, { further: scale });
  return address;
}

/**
 * Photos of drawn cats in two lights, reddish ("cat") and bluish ("dog"), which the earlier layer of
 * `furtherBase` tells apart better than its last map; what bases know of cats and dogs is not asked.
 */
export async function addTinted(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await harness.settings.saveSettings({ usesKnownClasses: false });
    for (let seed = 1; seed <= 44; seed++) {
      const classId = seed % 2 ? 'cat' : 'dog';
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, 'cat', seed);
      const context = canvas.getContext('2d')!;
      context.resetTransform();
      context.globalAlpha = 0.4;
      context.fillStyle = classId === 'cat' ? 'rgb(200 80 0)' : 'rgb(0 80 200)';
      context.fillRect(0, 0, 320, 320);
      const images = await harness.encode.encodePhoto(canvas);
      const split = seed > 36 ? 'test' : seed > 32 ? 'validation' : 'train';
      await harness.photos.addPhoto({ classId, ...images, source: 'file', split });
    }
  });
}
