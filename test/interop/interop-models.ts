import type { Page } from '@playwright/test';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { addDrawnPets, addTrainedLibrary, expect, seeds } from '../browser/harness-test.ts';
import { startEngine } from '../browser/start-engine.ts';
import { TINY_BASES, type HarnessServer } from '../harness/serve-harness.ts';

/** A stored model, and the folder of bases that it was trained on. */
export interface InteropModel {
  readonly id: string;
  readonly bases: string;
}

type Make = (page: Page, served: HarnessServer) => Promise<InteropModel>;

/** Trains a model in the page, on a tiny base of random weights, by what is special about it. */
export const TINY_MODELS = {
  'a head of two classes': async (page) => {
    const { id } = await addTrainedLibrary(page, TINY_BASES);
    return { id, bases: TINY_BASES };
  },

  'a head of five classes': async (page) => {
    await addDrawnPets(page, 'cat', seeds(1, 6), 'train');
    await addDrawnPets(page, 'dog', seeds(1, 6), 'train');
    await page.evaluate(async () => {
      for (const [order, id] of ['plain', 'patch', 'mosaic'].entries()) {
        await harness.database.write(['classes'], (transaction) =>
          transaction.objectStore('classes').put({
            ...{ id, name: `Class „${id}“, قط`, order: order + 2, palette: order + 2 },
          }),
        );
        for (let seed = 1; seed <= 6; seed++) {
          const canvas =
            id === 'mosaic'
              ? harness.drawMosaic(seed)
              : harness.drawSheet(seed, id === 'patch' ? [20 * seed, 150 - 20 * seed] : undefined);
          const images = await harness.encode.encodePhoto(canvas);
          await harness.photos.addPhoto({ classId: id, ...images, source: 'file', split: 'train' });
        }
      }
    });
    await startEngine(page, TINY_BASES, 'wasm');
    const model = await page.evaluate(() => harness.train({ preset: 'quick', seed: 3 }));
    expect(model.classes).toHaveLength(5);
    return { id: model.id, bases: TINY_BASES };
  },

  'a fine-tuned model on a base that knows its classes': async (page, served) => {
    const bases = await knowingBase(served);
    // Without validation photos, the tuned model is always the one that answers.
    await addDrawnPets(page, 'cat', seeds(1, 8), 'train');
    await addDrawnPets(page, 'dog', seeds(1, 8), 'train');
    await startEngine(page, bases, 'wasm');
    const model = await page.evaluate(() =>
      harness.train({ preset: 'quick', seed: 4, fineTuning: { epochs: 2, learningRate: 1e-3 } }),
    );
    expect(model.prior?.presentFrom).toBeDefined();
    expect(model.fineTuning).toMatchObject({ kept: true });
    expect(model.fineTuning!.headModelId).not.toBe(model.id);
    return { id: model.id, bases };
  },
} as const satisfies Record<string, Make>;

/** Trains a head on the default base, which knows cats and dogs, and fine-tunes nothing. */
export const realModel: Make = async (page) => {
  const { id, prior } = await addTrainedLibrary(page);
  expect(prior).toBeDefined();
  return { id, bases: 'bases/' };
};

/** The address of a folder with a tiny base that knows a cat, a dog and a car. */
async function knowingBase(served: HarnessServer): Promise<string> {
  const { folder, address } = await served.makeFolder();
  await tinyBase(folder, { knows: true });
  return address;
}
