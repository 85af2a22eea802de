import type { Page } from '@playwright/test';
import type { ModelRecord } from '../../src/records/model.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';

/** `count` whole numbers from `first` on. */
export const seeds = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** Stores drawn pets as photos, in the split that is named or else by their hash. */
export async function addDrawnPets(
  page: Page,
  kind: PetKind,
  seeds: readonly number[],
  split?: 'train' | 'validation' | 'test',
): Promise<string[]> {
  return page.evaluate(
    async ({ kind, seeds, split }) => {
      const ids: string[] = [];
      for (const seed of seeds) {
        const canvas = new OffscreenCanvas(320, 320);
        harness.drawPet(canvas, kind, seed);
        const images = await harness.encode.encodePhoto(canvas);
        const { photo } = await harness.photos.addPhoto({
          classId: kind,
          ...images,
          source: 'file',
          ...(split && { split }),
        });
        ids.push(photo.id);
      }
      return ids;
    },
    { kind, seeds, split },
  );
}

/**
 * A few drawn pets of each kind in each split. They are drawn once; later tests get the same rows.
 */
export function addSmallLibrary(page: Page): Promise<void> {
  return addLibrary(page, 'a small library', async () => {
    for (const kind of ['cat', 'dog'] as const) {
      await addDrawnPets(page, kind, seeds(1, 8), 'train');
      await addDrawnPets(page, kind, seeds(21, 3), 'validation');
      await addDrawnPets(page, kind, seeds(31, 4), 'test');
    }
  });
}

/**
 * The small library with its features and a model that learned from it, on the default base of a
 * folder. It is trained once; later tests get the same rows. The engine is not running.
 */
export async function addTrainedLibrary(page: Page, bases = 'bases/'): Promise<ModelRecord> {
  await addLibrary(page, `a library trained on ${bases}`, async () => {
    await addSmallLibrary(page);
    await trainOnce(page, bases);
  });
  return (await page.evaluate(() => harness.models.activeModel()))!;
}

/**
 * Twelve plain sheets ("cat") and twelve with a patch of a mosaic ("dog"), with their features and a
 * model that learned from them. It is trained once, like the library above.
 */
export function addTrainedSheets(page: Page, bases = 'bases/'): Promise<void> {
  return addLibrary(page, `sheets trained on ${bases}`, async () => {
    await page.evaluate(async () => {
      for (let seed = 1; seed <= 24; seed++) {
        const place = seed % 2 ? [(seed * 97) % 200, (seed * 53) % 200] : undefined;
        const images = await harness.encode.encodePhoto(harness.drawSheet(seed, place));
        const classId = place ? 'dog' : 'cat';
        await harness.photos.addPhoto({ classId, ...images, source: 'file', split: 'train' });
      }
    });
    // They are called cat and dog, and show nothing that a base knows under these names.
    await page.evaluate(() => harness.settings.saveSettings({ usesKnownClasses: false }));
    await trainOnce(page, bases, false);
  });
}

async function trainOnce(page: Page, bases: string, prior = true): Promise<void> {
  await page.evaluate(
    async ({ bases, prior }) => {
      await harness.startEngine(bases, 'wasm');
      await harness.train({ preset: 'quick', seed: 1, prior });
      harness.stopEngine();
    },
    { bases, prior },
  );
}

/** Brings back the library that an earlier test has kept under this name, or makes and keeps it. */
async function addLibrary(page: Page, name: string, make: () => Promise<void>): Promise<void> {
  if (await page.evaluate((name) => harness.storedRows.bringBack(name), name)) return;
  await make();
  await page.evaluate((name) => harness.storedRows.keep(name), name);
}
