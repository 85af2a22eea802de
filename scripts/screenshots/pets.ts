import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  drawnPets,
  photoFiles,
  renderJpegs,
  type Subject,
} from '../../test/fixtures/camera-file.ts';
import type { PetKind } from '../../test/fixtures/drawn-pets.ts';

/** Number of training photos per class. */
const PER_CLASS = 24;

/** Number of photos per import; cats and dogs alternate. */
const BATCH = 4;

export type Pets = Readonly<Record<PetKind, readonly Subject[]>>;

/**
 * PER_CLASS subjects of each class for the training, and one more for the camera.
 *
 * @param photos a folder with `train/cat` and `train/dog`; without it, the pets are drawn
 */
export async function findPets(photos: string | undefined): Promise<Pets> {
  return { cat: await subjectsOf('cat', photos), dog: await subjectsOf('dog', photos) };
}

/** The subjects that are not imported, for the camera: a dog and a cat. */
export function unseen({ cat, dog }: Pets): Subject[] {
  return [...dog.slice(PER_CLASS), ...cat.slice(PER_CLASS)];
}

/**
 * Imports the photos with the app's import dialog; classes alternate, so the newest are of both.
 */
export async function importPets(page: Page, url: string, pets: Pets): Promise<void> {
  await goTo(page, url, 'photos');
  for (let from = 0; from < PER_CLASS; from += BATCH) {
    for (const kind of ['cat', 'dog'] as const) {
      const jpegs = await renderJpegs(pets[kind].slice(from, from + BATCH), 480, 640);
      await page.locator('[data-action="import"]').first().click();
      const choosing = page.waitForEvent('filechooser');
      await page.locator(`[data-import-state] [data-class="${kind}"]`).click();
      const chooser = await choosing;
      await chooser.setFiles(
        jpegs.map((buffer, i) => ({
          name: `${kind}-${from + i}.jpg`,
          mimeType: 'image/jpeg',
          buffer,
        })),
      );
      const counted = page.locator(`[data-filter="${kind}"]`, { hasText: String(from + BATCH) });
      await counted.waitFor({ timeout: 60_000 });
      await page.locator('[data-import-state]').waitFor({ state: 'hidden' });
    }
  }
}

/** Opens a page of the app, and waits a second for its animations. */
export async function goTo(page: Page, url: string, place: string): Promise<void> {
  await page.goto(`${url}#/${place}`);
  await page.waitForTimeout(1000);
}

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
