import { test as base, type Page } from '@playwright/test';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { openHarness } from '../harness/open-harness.ts';

/** Tests of the app's rooms in a real browser: `page` is the harness, with an empty library. */
export const test = base.extend<{ page: Page; webgpu: boolean }>({
  webgpu: [false, { option: true }],
  page: async ({ webgpu }, use) => {
    const harness = await openHarness({ webgpu });
    await use(harness.page);
    await harness.close();
  },
});

export { expect } from '@playwright/test';

/** Stores drawn pets as photos, on the side of the split that is named or else by their hash. */
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

/** `count` whole numbers from `first` on. */
export const seeds = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i);

/** A few drawn pets of each kind on each side of the split. */
export async function addSmallLibrary(page: Page): Promise<void> {
  for (const kind of ['cat', 'dog'] as const) {
    await addDrawnPets(page, kind, seeds(1, 8), 'train');
    await addDrawnPets(page, kind, seeds(21, 3), 'validation');
    await addDrawnPets(page, kind, seeds(31, 4), 'test');
  }
}
