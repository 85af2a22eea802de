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

/** Photos a class to learn from. */
const PER_CLASS = 24;

/** Photos of one kind before it is the other's turn. */
const TURN = 4;

export type Pets = Readonly<Record<PetKind, readonly Subject[]>>;

/** PER_CLASS of each kind to learn from, and one more that the camera sees; drawn without a folder. */
export async function findPets(photos: string | undefined): Promise<Pets> {
  return { cat: await subjectsOf('cat', photos), dog: await subjectsOf('dog', photos) };
}

/** What is not imported, for the camera to see: a dog, and a cat. */
export function unseen({ cat, dog }: Pets): Subject[] {
  return [...dog.slice(PER_CLASS), ...cat.slice(PER_CLASS)];
}

/** Imports the photos by the app's own import sheet, in turns, so that the newest are of both kinds. */
export async function importPets(page: Page, url: string, pets: Pets): Promise<void> {
  await goTo(page, url, 'photos');
  for (let from = 0; from < PER_CLASS; from += TURN) {
    for (const kind of ['cat', 'dog'] as const) {
      const jpegs = await renderJpegs(pets[kind].slice(from, from + TURN), 480, 640);
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
      const counted = page.locator(`[data-filter="${kind}"]`, { hasText: String(from + TURN) });
      await counted.waitFor({ timeout: 60_000 });
      await page.locator('[data-import-state]').waitFor({ state: 'hidden' });
    }
  }
}

/** Opens a place of the app, and waits until it has come to rest. */
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
