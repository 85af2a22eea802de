import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BaseAnswers } from '../../src/records/base-inspection.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import { classifier, keras2, modelFiles, type FilesOptions } from '../fixtures/keras-topology.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { addDrawnPets, seeds } from './drawn-library.ts';

/** Writes the files of a model into a folder; gives their paths. */
export async function writeModel(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    paths.push(file);
  }
  return paths;
}

/** Puts files into the page’s input. */
export async function choose(page: Page, files: readonly string[]): Promise<void> {
  await page.locator('input').setInputFiles([...files]);
}

/** A small model that can be a base. */
export function smallModel(options: FilesOptions = {}): Promise<Map<string, Uint8Array>> {
  return modelFiles(keras2(classifier(32)), options);
}

export const ANSWERS: BaseAnswers = { name: 'Mine', mode: 'tf' };

/** Adds the chosen files, or those of an address, as a base. */
export function addBase(page: Page, answers = ANSWERS, url?: string): Promise<BaseSpec> {
  return page.evaluate(({ answers, bases, url }) => harness.addBase(answers, bases, url), {
    answers,
    bases: TINY_BASES,
    url,
  });
}

export function useBase(page: Page, { id, inputSizes }: BaseSpec) {
  return page.evaluate(({ id, size }) => harness.useBase(id, size), { id, size: inputSizes[0]! });
}

/** What is stored of own bases: the number of their files, and the ids of their specs. */
export function storedBases(page: Page) {
  return page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    const urls = (await cache.keys())
      .map(({ url }) => url)
      .filter((url) => url.includes('/own/own-'));
    const specs = (await harness.settings.getSetting('ownBases')) ?? [];
    return { files: urls.length, specs: specs.map(({ id }) => id) };
  });
}

/** Trains on a few drawn pets. */
export async function trainOnPets(page: Page) {
  for (const kind of ['cat', 'dog'] as const) {
    await addDrawnPets(page, kind, seeds(1, 4), 'train');
    await addDrawnPets(page, kind, seeds(11, 2), 'validation');
    await addDrawnPets(page, kind, seeds(21, 2), 'test');
  }
  return page.evaluate(() => harness.train({ preset: 'quick', seed: 1 }));
}
