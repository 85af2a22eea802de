import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { addDrawnPets, seeds } from './drawn-library.ts';
import { expect, test } from './harness-test.ts';
import { storeHash } from './store-hash.ts';

/** Every way into the library, for files that must not come in by it. */

type Files = Readonly<Record<string, Uint8Array>>;
type Door = 'photos' | 'base' | 'backup';

export interface Hostile {
  readonly door: Door;
  readonly what: string;
  readonly files: () => Files | Promise<Files>;
}

const weightsFile = 'group1-shard1of1.bin';
/** A base model of which the weights are changed. */
export async function modelWith(edit: (bytes: Buffer) => Buffer): Promise<Files> {
  const files = Object.fromEntries(await modelFiles(keras2(classifier(32))));
  return { ...files, [weightsFile]: edit(Buffer.from(files[weightsFile]!)) };
}

/** Puts the files through their door: the reasons why they were refused, or what came in. */
function tryDoor(page: Page, door: Door): Promise<readonly string[] | string> {
  return page.evaluate(async (door) => {
    if (door === 'photos') {
      const { added, refused, elsewhere, passedOver } = await harness.importInput('cat');
      if (added > 0) return `${added} photos`;
      const reasons = [
        ...refused.map(({ reason }) => reason),
        ...elsewhere.map(({ sentence }) => sentence),
      ];
      return passedOver > 0 ? [...reasons, 'Passed over.'] : reasons;
    }
    const work: Promise<unknown> =
      door === 'base'
        ? harness.addBase({ name: 'Mine', mode: 'tf' })
        : harness.backup.restoreInput();
    return work.then(
      () => 'taken',
      (thrown: unknown) => [(thrown as Error).message],
    );
  }, door);
}

/** Each is refused with a sentence, and all that is stored is as it was. */
export async function expectRefused(page: Page, hostile: readonly Hostile[], folder: string) {
  const before = await storeHash(page);
  expect(before.rows).toBeGreaterThan(15);
  for (const { door, what, files } of hostile) {
    await test.step(`${door}: ${what}`, async () => {
      await mkdir(folder, { recursive: true });
      const paths: string[] = [];
      for (const [name, bytes] of Object.entries(await files())) {
        paths.push(join(folder, basename(name)));
        await writeFile(paths.at(-1)!, bytes);
      }
      await page.locator('input').setInputFiles(paths);
      const reasons = await tryDoor(page, door);
      expect(reasons).toEqual(expect.arrayContaining([expect.stringMatching(/^\S.*\.$/)]));
      expect(await storeHash(page)).toEqual(before);
    });
  }
}

/** Photos, a model and a base of one’s own: something to be lost. */
export async function addWhatCanBeLost(page: Page, folder: string): Promise<void> {
  await addDrawnPets(page, 'cat', seeds(1, 4));
  await page.evaluate(() => harness.backup.addModel([]));
  await mkdir(folder);
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(await modelWith((whole) => whole))) {
    paths.push(join(folder, name));
    await writeFile(paths.at(-1)!, bytes);
  }
  await page.locator('input').setInputFiles(paths);
  await page.evaluate(() => harness.addBase({ name: 'Good', mode: 'tf' }));
}
