import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { writeCameraFile } from '../test/fixtures/camera-file.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { findPets, goTo, importPets, unseen, type Pets } from './screenshots/pets.ts';
import { writeSheets } from './screenshots/sheet.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run pictures`: makes the published pictures of the app, with drawn pets. Those that a
 * browser shows in its install dialog are written to public/screenshots and listed in the manifest;
 * those of the README are written to docs/pictures. Build the app before, and again afterwards.
 */
const STORE = 'public/screenshots';
const PLACES = ['capture', 'photos', 'train', 'live'] as const;
type Place = (typeof PLACES)[number];

const work = await mkdtemp(join(tmpdir(), 'purrceptron-pictures-'));
const server = await serveFolder({ dir: 'dist' });
try {
  await mkdir(STORE, { recursive: true });
  const pets = await findPets(undefined);
  await onTrained('narrow', { width: 390, height: 844 }, 2, pets, async (page) => {
    for (const place of PLACES) {
      await open(page, place);
      await page.screenshot(jpeg(`narrow-${place}`));
      for (const theme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForTimeout(300);
        await page.screenshot({ path: join(work, `${theme}-${place}.png`) });
      }
    }
  });
  await writeSheets(
    ['dark', 'light'].map((theme) => ({
      pngs: PLACES.map((place) => join(work, `${theme}-${place}.png`)),
      path: `docs/pictures/${theme}.jpg`,
    })),
  );
  await onTrained('wide', { width: 1280, height: 800 }, 1, pets, async (page) => {
    for (const place of ['photos', 'live'] as const) {
      await open(page, place);
      await page.screenshot(jpeg(`wide-${place}`));
    }
  });
} finally {
  await server.close();
  await rm(work, { recursive: true, force: true });
}

function jpeg(name: string) {
  return { path: join(STORE, `${name}.jpg`), type: 'jpeg', quality: 80 } as const;
}

/** Runs `use` in a new browser with photos, a trained model, and a dog in front of the camera. */
async function onTrained(
  name: string,
  viewport: { readonly width: number; readonly height: number },
  deviceScaleFactor: number,
  pets: Pets,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const cameraFile = join(work, `${name}.mjpeg`);
  // As wide as the app requests; of a narrower picture, the browser would show only the centre.
  const picture = { hold: 1000, width: 1280, height: 960 };
  await writeCameraFile(cameraFile, unseen(pets).slice(0, 1), picture);
  const context = await chromium.launchPersistentContext(join(work, name), {
    executablePath: await chromiumPath(),
    args: chromiumArgs({ cameraFile }),
    colorScheme: 'light',
    viewport,
    deviceScaleFactor,
    hasTouch: name === 'narrow',
    isMobile: name === 'narrow',
  });
  try {
    const page = context.pages()[0]!;
    await page.addInitScript(() => {
      // The pictures must not contain the app's offer to install it.
      addEventListener('beforeinstallprompt', (event) => event.stopImmediatePropagation());
    });
    await importPets(page, server.url, pets);
    await goTo(page, server.url, 'train');
    await page.locator('[data-action="train"]:enabled').click({ timeout: 120_000 });
    await page.locator('[data-result]').waitFor({ timeout: 120_000 });
    await use(page);
  } finally {
    await context.close();
  }
}

/** Opens a page, and waits for its contents and for the end of earlier notices. */
async function open(page: Page, place: Place): Promise<void> {
  await goTo(page, server.url, place);
  if (place === 'live') await page.locator('[data-answer="dog"]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await page.locator('pp-notice-bar .notice').waitFor({ state: 'hidden' });
}
