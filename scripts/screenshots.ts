import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import {
  drawnPets,
  photoFiles,
  renderJpegs,
  writeCameraFile,
  type Subject,
} from '../test/fixtures/camera-file.ts';
import type { PetKind } from '../test/fixtures/drawn-pets.ts';
import { chromiumArgs, chromiumPath } from './chromium.ts';
import { serveFolder } from './serve/serve-folder.ts';

/**
 * `npm run screenshots -- [--out DIR] [--photos DIR]`: every page of the built app at the two sizes
 * and in the two themes that its design is judged by, and a sheet of the four places, as
 * in docs/pictures. Build first. The photos are drawn pets, or those of a
 * folder with `train/cat` and `train/dog`.
 */
const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desktop', width: 1280, height: 800 },
] as const;

const THEMES = ['light', 'dark'] as const;
const KINDS = ['cat', 'dog'] as const;
const PER_CLASS = 24;

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'test-results/screenshots' },
    photos: { type: 'string' },
  },
});

const work = await mkdtemp(join(tmpdir(), 'purrceptron-screenshots-'));
const server = await serveFolder({ dir: 'dist' });
try {
  await mkdir(values.out, { recursive: true });
  const camera = join(work, 'camera.mjpeg');
  const subjects = {
    cat: await subjectsOf('cat', values.photos),
    dog: await subjectsOf('dog', values.photos),
  };
  // What was not imported stands before the camera, long enough for a calm answer.
  const unseen = [...subjects.dog.slice(PER_CLASS), ...subjects.cat.slice(PER_CLASS)];
  await writeCameraFile(camera, unseen, { hold: 20_000, width: 480, height: 640 });
  for (const size of SIZES) await shootSize(size, camera, subjects);
  for (const theme of THEMES) await makeSheet(theme);
} finally {
  await server.close();
  await rm(work, { recursive: true, force: true });
}

/** Each size is a phone of its own: first empty, then with photos, then trained. */
async function shootSize(
  { name, width, height }: (typeof SIZES)[number],
  cameraFile: string,
  subjects: Readonly<Record<PetKind, Subject[]>>,
): Promise<void> {
  const context = await chromium.launchPersistentContext(join(work, name), {
    executablePath: await chromiumPath(),
    args: chromiumArgs({ cameraFile }),
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
    await fill(page, subjects);
    await goTo(page, 'photos');
    await shoot('photos');
    await page.locator('[data-photo]').first().click();
    await shoot('photo');
    await page.keyboard.press('Escape');
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
  } finally {
    await context.close();
  }
}

/** A training by the tutorial's numbers: chosen, paused, interrupted, gone on with, and its result. */
async function fineTune(page: Page, shoot: (what: string) => Promise<void>): Promise<void> {
  const action = (name: string) => page.locator(`[data-action="${name}"]`);
  const title = (words: RegExp) =>
    page.locator('pp-running-card h2', { hasText: words }).waitFor({ timeout: 300_000 });
  await action('options').click();
  await page.locator('[data-preset="tutorial"]').check();
  await shoot('train-options');
  await page.keyboard.press('Escape');
  await action('train').click();
  await title(/Fine-tuning: epoch 1[3-6]/);
  await action('pause').click();
  await title(/Paused/);
  await shoot('train-paused');
  await page.reload();
  await page.locator('[data-action="go-on"]:enabled').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  await shoot('train-unfinished');
  await action('go-on').click();
  await title(/Fine-tuning: epoch 1[6-9]/);
  await shoot('train-fine-tuning');
  await page.locator('[data-action="train"]').waitFor({ timeout: 300_000 });
  await shoot('train-fine-tuned');
  await page.locator('pp-under-the-hood').evaluate((element) => element.scrollIntoView());
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

/** The four places side by side, for the README. */
async function makeSheet(theme: (typeof THEMES)[number]): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumArgs(),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 720 } });
    const images = await Promise.all(
      ['capture', 'photos', 'train', 'live'].map(async (place) => {
        const png = await readFile(join(values.out, `phone-${theme}-${place}.png`));
        return `<img src="data:image/png;base64,${png.toString('base64')}" />`;
      }),
    );
    await page.setContent(
      `<style>
        body { display: flex; gap: 28px; margin: 0; padding: 24px; background: #8b857e; }
        img { width: 317px; border-radius: 22px; }
      </style>${images.join('')}`,
    );
    const path = join(values.out, `${theme}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 82, fullPage: true });
  } finally {
    await browser.close();
  }
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.goto(`${server.url}#/${place}`);
  await page.waitForTimeout(1000);
}

/** Imports photos by the app's own import sheet. */
async function fill(page: Page, subjects: Readonly<Record<PetKind, Subject[]>>): Promise<void> {
  for (const kind of KINDS) {
    const jpegs = await renderJpegs(subjects[kind].slice(0, PER_CLASS), 480, 640);
    await goTo(page, 'photos');
    await page.locator('[data-action="import"]').first().click();
    const choosing = page.waitForEvent('filechooser');
    await page.locator(`[data-import-state] [data-class="${kind}"]`).click();
    const chooser = await choosing;
    await chooser.setFiles(
      jpegs.map((buffer, i) => ({ name: `${kind}-${i}.jpg`, mimeType: 'image/jpeg', buffer })),
    );
    await page.locator(`[data-photo][data-class="${kind}"]`).first().waitFor();
    await page.waitForTimeout(8000);
  }
}

/** PER_CLASS to learn from, and one more that the camera sees. */
async function subjectsOf(kind: PetKind, photos: string | undefined): Promise<Subject[]> {
  if (photos === undefined) {
    return drawnPets(
      kind,
      Array.from({ length: PER_CLASS + 1 }, (_, i) => i + 1),
    );
  }
  const folder = join(photos, 'train', kind);
  const names = (await readdir(folder)).sort().slice(0, PER_CLASS + 1);
  return photoFiles(names.map((name) => join(folder, name)));
}
