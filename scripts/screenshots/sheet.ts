import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../chromium.ts';

/** Of a phone, in CSS pixels of the sheet. */
const PHONE_WIDTH = 317;

/** Screenshots that are put side by side in one JPEG file. */
export interface Sheet {
  readonly pngs: readonly string[];
  readonly path: string;
}

/**
 * Writes sheets.
 *
 * @param width of each screenshot, in pixels
 */
export async function writeSheets(sheets: Iterable<Sheet>, width = PHONE_WIDTH): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumArgs(),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 720 } });
    for (const { pngs, path } of sheets) {
      const images = await Promise.all(
        pngs.map(async (file) => {
          const png = await readFile(file);
          return `<img src="data:image/png;base64,${png.toString('base64')}" />`;
        }),
      );
      await page.setContent(
        `<style>
          body { display: flex; align-items: flex-start; gap: 28px; margin: 0; padding: 24px; background: #8b857e; }
          img { width: ${width}px; border-radius: 22px; }
        </style>${images.join('')}`,
      );
      await page.screenshot({ path, type: 'jpeg', quality: 82, fullPage: true });
    }
  } finally {
    await browser.close();
  }
}
