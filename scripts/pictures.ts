import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { writeCameraFile } from '../test/fixtures/camera-file.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { findPets, goTo, importPets, unseen, type Pets } from './screenshots/pets.ts';
import { writeSheet } from './screenshots/sheet.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run pictures`: the pictures of the app that are published, of drawn pets. Those that a browser
 * shows before it installs the app go to public/screenshots, as the manifest lists them; those of the
 * README to docs/pictures. Build first, and after.
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
  for (const theme of ['dark', 'light'] as const) {
    const files = PLACES.map((place) => join(work, `${theme}-${place}.png`));
    await writeSheet(files, `docs/pictures/${theme}.jpg`);
  }
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

/** A browser of its own, with photos and a model, and a dog before its camera. */
async function onTrained(
  name: string,
  viewport: { readonly width: number; readonly height: number },
  deviceScaleFactor: number,
  pets: Pets,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const cameraFile = join(work, `${name}.mjpeg`);
  // As wide as the browser asks for: of a narrow one it would show the middle only.
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
      // No offer to install the app in the pictures that offer it.
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

/** Waits for what the place is about, and for what the app said before to be gone. */
async function open(page: Page, place: Place): Promise<void> {
  await goTo(page, server.url, place);
  if (place === 'live') await page.locator('[data-answer="dog"]').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
  await page.locator('pp-notice-bar .notice').waitFor({ state: 'hidden' });
}
