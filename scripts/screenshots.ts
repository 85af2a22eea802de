import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { writeCameraFile } from '../test/fixtures/camera-file.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { findPets, goTo as openPlace, importPets, unseen, type Pets } from './screenshots/pets.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run screenshots -- [--out DIR] [--photos DIR] [--language CODE]`: makes screenshots of all
 * pages of the built app, in two sizes and two themes, to review the design. Build the app first.
 * The photos are drawn pets, or those of a folder with `train/cat` and `train/dog`.
 */
const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desktop', width: 1280, height: 800 },
] as const;

const THEMES = ['light', 'dark'] as const;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'test-results/screenshots' },
    photos: { type: 'string' },
    language: { type: 'string', default: 'en' },
  },
});

const work = await mkdtemp(join(tmpdir(), 'purrceptron-screenshots-'));
const server = await serveFolder({ dir: 'dist' });
try {
  await mkdir(values.out, { recursive: true });
  const camera = join(work, 'camera.mjpeg');
  const pets = await findPets(values.photos);
  // Long enough for a stable prediction.
  await writeCameraFile(camera, unseen(pets), { hold: 20_000, width: 480, height: 640 });
  for (const size of SIZES) await shootSize(size, camera, pets);
} finally {
  await server.close();
  await rm(work, { recursive: true, force: true });
}

/** Each size has its own browser, which is first empty, then has photos, then a trained model. */
async function shootSize(
  { name, width, height }: (typeof SIZES)[number],
  cameraFile: string,
  pets: Pets,
): Promise<void> {
  const context = await chromium.launchPersistentContext(join(work, name), {
    executablePath: await chromiumPath(),
    args: chromiumArgs({ cameraFile }),
    locale: values.language,
    viewport: { width, height },
    deviceScaleFactor: name === 'phone' ? 2 : 1,
  });
  try {
    const page = context.pages()[0]!;
    const shoot = async (what: string) => {
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForTimeout(300);
        await page.screenshot({ path: join(values.out, `${name}-${theme}-${what}.png`) });
      }
    };
    for (const place of ['capture', 'photos', 'train', 'models', 'live'] as const) {
      await goTo(page, place);
      await shoot(`${place}-empty`);
    }
    await importPets(page, server.url, pets);
    await goTo(page, 'photos');
    await shoot('photos');
    await page.locator('[data-photo]').first().click();
    await shoot('photo');
    await page.keyboard.press('Escape');
    await selectSome(page);
    await shoot('photos-selection');
    await page.keyboard.press('Escape');
    await goTo(page, 'photos/examine');
    await shoot('photos-examine');
    await goTo(page, 'train');
    await page.locator('[data-action="train"]').waitFor();
    await shoot('train-ready');
    await page.locator('[data-action="train"]').click();
    await page.locator('[data-result]').waitFor({ timeout: 120_000 });
    await shoot('train');
    await fineTune(page, shoot);
    await goTo(page, 'live');
    await page.locator('[data-answer]').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
    await shoot('live');
    await page.locator('[data-action="heat-map"]').click();
    await page.waitForTimeout(1500);
    await shoot('live-heat-map');
    await goTo(page, 'capture');
    await page.waitForTimeout(2500);
    await shoot('capture');
    await goTo(page, 'settings');
    await shoot('settings');
    await mislabel(page);
    await shoot('photos-check');
  } finally {
    await context.close();
  }
}

async function selectSome(page: Page): Promise<void> {
  await page.locator('[data-action="select"]').click();
  for (const i of [0, 1, 3]) await page.locator('[data-photo]').nth(i).click();
}

/** Labels two dogs as cats and trains, so that the app doubts these labels. */
async function mislabel(page: Page): Promise<void> {
  await goTo(page, 'photos');
  await selectSome(page);
  await page.locator('[data-photo]').nth(3).click();
  await page.locator('[data-move="cat"]').click();
  await goTo(page, 'train');
  await page.locator('[data-action="options"]').click();
  await page.locator('[data-preset="quick"]').check();
  await page.keyboard.press('Escape');
  await page.locator('[data-action="train"]:enabled').click({ timeout: 60_000 });
  await page.locator('[data-train-state="done"]').waitFor({ timeout: 300_000 });
  await goTo(page, 'photos/check');
  await page.locator('[data-check]').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
}

/**
 * A training with the preset Tutorial: its options, paused, interrupted, resumed, and its result.
 */
async function fineTune(page: Page, shoot: (what: string) => Promise<void>): Promise<void> {
  const action = (name: string) => page.locator(`[data-action="${name}"]`);
  const title = (words: RegExp) =>
    page.locator('pp-running-card h2', { hasText: words }).waitFor({ timeout: 300_000 });
  await action('options').click();
  await page.locator('[data-preset="tutorial"]').check();
  await shoot('train-options');
  await page.keyboard.press('Escape');
  await action('train').click();
  await title(/1[3-6]/);
  await action('pause').click();
  await action('continue').waitFor();
  await shoot('train-paused');
  await page.reload();
  await page.locator('[data-action="resume"]:enabled').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  await shoot('train-unfinished');
  await action('resume').click();
  await title(/1[6-9]/);
  await shoot('train-fine-tuning');
  await page.locator('[data-action="train"]').waitFor({ timeout: 300_000 });
  await shoot('train-fine-tuned');
  const hood = page.locator('pp-under-the-hood');
  await hood.locator('summary').click();
  await hood.evaluate((element) => element.scrollIntoView());
  await hood.locator('pp-summary-table').first().waitFor();
  await shoot('train-under-the-hood');
  await action('models').click();
  await page.locator('[data-model]').first().waitFor();
  await shoot('models');
  await action('compare').first().click();
  await page.waitForTimeout(500);
  await shoot('model-comparison');
  await page.locator('[data-cell]').first().click();
  await page.waitForTimeout(500);
  await shoot('model-cell');
  for (const part of ['pp-fine-tuning-card', '[data-mistakes]', 'pp-calibration-card']) {
    const shown = page.locator(part);
    if ((await shown.count()) === 0) continue;
    await shown.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    await shoot(`model-${part.replace(/\W|pp-/g, '')}`);
  }
}

function goTo(page: Page, place: string): Promise<void> {
  return openPlace(page, server.url, place);
}
