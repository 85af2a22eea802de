import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';
import { expect, test } from '../e2e/phone-test.ts';
import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { styleEveryRoot } from './style-every-root.ts';
import { cameraPages, everyPage, THEMES, type Theme } from './walk.ts';

/**
 * `npm run test:visual`: each page of the built app, at the sizes and in the themes that its design is
 * reviewed in, against the pictures in test/visual/pictures. They are of Debian's package `chromium` and
 * the fonts that it installs: other fonts give other pictures.
 */
const SIZES = [
  { name: 'phone', width: 390, height: 844, walk: everyPage },
  { name: 'desktop', width: 1280, height: 800, walk: everyPage },
  { name: 'landscape', width: 844, height: 390, walk: cameraPages },
] as const;

const STABLE = readFileSync(new URL('stable.css', import.meta.url), 'utf8');

/** The day on which all of it happens. */
const TODAY = new Date('2026-03-14T10:00:00Z');

for (const { name, width, height, walk } of SIZES) {
  test(`pages at ${width} x ${height} look as they did`, async ({ serve, folder }) => {
    test.setTimeout(600_000);
    const server = await serve();
    const cameraFile = join(folder, 'camera.mjpeg');
    await writeCameraFile(cameraFile, drawnPets('dog', [99]), {
      hold: 1000,
      width: 1280,
      height: 960,
    });
    const context = await openBrowser(join(folder, name), cameraFile, { width, height });
    try {
      const page = context.pages()[0]!;
      await page.clock.setFixedTime(TODAY);
      await page.addInitScript(() => {
        // No offer to install the app, which comes at a time of the browser's choice.
        addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation());
      });
      await page.goto(server.url);
      await walk(page, (what, themes = THEMES) => compare(page, `${name}-${what}`, themes));
    } finally {
      await context.close();
    }
  });
}

/** Soft, so that one run says everything that differs. */
async function compare(page: Page, name: string, themes: readonly Theme[]): Promise<void> {
  // The pages fade into one another, and pictures are decoded.
  await page.waitForTimeout(500);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await styleEveryRoot(page, STABLE);
    await expect.soft(page).toHaveScreenshot(`${name}-${theme}.png`);
  }
  // The app may look at its video, and the walk at answers.
  await styleEveryRoot(page, '');
}

async function openBrowser(
  profile: string,
  cameraFile: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: await chromiumPath(),
    args: [...chromiumArgs({ cameraFile }), '--disable-gpu', '--hide-scrollbars'],
    locale: 'en',
    timezoneId: 'UTC',
    viewport,
    deviceScaleFactor: 1,
  });
}
