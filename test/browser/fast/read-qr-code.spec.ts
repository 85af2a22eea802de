import encodeQR from 'qr';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness-test.ts';

const TEXT = 'PURR1:A CODE OF A MODEL';

/** What a platform may have; `answers`: what it reads, or that it fails at its first picture. */
interface Platform {
  readonly formats: readonly string[] | 'fails';
  readonly answers?: readonly string[] | 'fails';
}

/** Reads two pictures of a QR code, wider than high, with a stand-in for BarcodeDetector. */
function readTwice(page: Page, platform: Platform | undefined) {
  const modules = encodeQR(TEXT, 'raw', { border: 4 });
  return page.evaluate(
    async ({ modules, platform }) => {
      const canvas = new OffscreenCanvas(640, 400);
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 640, 400);
      context.fillStyle = '#000';
      modules.forEach((row, y) => {
        row.forEach((isDark, x) => {
          if (isDark) context.fillRect(160 + 8 * x, 40 + 8 * y, 8, 8);
        });
      });
      const seen: string[] = [];
      class StandIn {
        constructor({ formats }: { formats: readonly string[] }) {
          seen.push(`made for ${formats.join()}`);
        }
        static getSupportedFormats(): Promise<readonly string[]> {
          return platform!.formats === 'fails'
            ? Promise.reject(new Error('no service'))
            : Promise.resolve(platform!.formats);
        }
        detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]> {
          const { width, height } = image as OffscreenCanvas;
          seen.push(`${width}x${height}`);
          return platform!.answers === 'fails'
            ? Promise.reject(new Error('Barcode detection service unavailable.'))
            : Promise.resolve(platform!.answers!.map((rawValue) => ({ rawValue })));
        }
      }
      const read = await harness.qrCodeReader(platform && StandIn);
      const bitmap = await createImageBitmap(canvas);
      return { texts: [await read(bitmap), await read(bitmap)], seen };
    },
    { modules, platform },
  );
}

test('without a reader of the platform, the package reads the code', async ({ page }) => {
  expect(await readTwice(page, undefined)).toEqual({ texts: [TEXT, TEXT], seen: [] });
});

test('a reader of the platform gets the centre square, and its answer counts', async ({ page }) => {
  const formats = ['ean_13', 'qr_code'];
  expect(await readTwice(page, { formats, answers: ['platform', 'more'] })).toEqual({
    texts: ['platform', 'platform'],
    seen: ['made for qr_code', '400x400', '400x400'],
  });
  const { texts } = await readTwice(page, { formats, answers: [] });
  expect(texts).toEqual([undefined, undefined]);
});

test('a reader that fails at its first picture is given up for the package', async ({ page }) => {
  expect(await readTwice(page, { formats: ['qr_code'], answers: 'fails' })).toEqual({
    texts: [TEXT, TEXT],
    seen: ['made for qr_code', '400x400'],
  });
});

for (const formats of ['fails', ['ean_13'], []] as const) {
  test(`a platform whose formats are ${JSON.stringify(formats)} has no reader`, async ({
    page,
  }) => {
    expect(await readTwice(page, { formats })).toEqual({ texts: [TEXT, TEXT], seen: [] });
  });
}
