import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { kerasH5, kerasZip } from '../fixtures/keras-file.ts';
import { chain, conv, keras2, keras3, modelFiles, plain } from '../fixtures/keras-topology.ts';
import { expectAccessible, expectLargeTargets } from './accessible.ts';
import { expect, test } from './phone-test.ts';

const LONG = { timeout: 120_000 };

/** Models of Keras and of TensorFlow.js carry no names of classes. */
const layers = (classes: number) =>
  chain(
    32,
    conv('conv', 4, { strides: [2, 2] }),
    plain('GlobalAveragePooling2D', 'pool'),
    plain('Dense', 'top', { units: classes, activation: 'softmax' }),
  );

const found = (page: Page) => page.locator('[data-add-model="found"]');
const names = (page: Page) => found(page).locator('[name="class"]');
const add = (page: Page) => page.locator('[data-action="add-model"]');

function namesOf(page: Page): Promise<string[]> {
  return names(page).evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value),
  );
}

async function chooseModel(page: Page, appUrl: string, paths: readonly string[]): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${appUrl}#/models?add`);
  await page.locator('[data-model-files]').setInputFiles([...paths]);
  await expect(found(page)).toBeVisible(LONG);
}

async function expectInLive(page: Page, classes: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Open Live' }).click(LONG);
  await expect(page.locator('pp-answer-bars dt')).toHaveText([...classes], LONG);
}

test('a .keras classifier gets the names of the library’s classes, or those in a file', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const write = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const model = await write('mine.keras', await kerasZip(keras3(layers(2))));
  const page = await openPhone();
  await chooseModel(page, appUrl, [model]);
  expect(await namesOf(page)).toEqual(['Cat', 'Dog']);
  await expect(found(page)).toContainText('The files do not name them.');
  await expectAccessible(page, 'classes with proposed names');
  await expectLargeTargets(page, 'classes with proposed names');

  const list = page.locator('[data-names-file]');
  await list.setInputFiles(await write('three.txt', 'Fox\nHare\nOwl\n'));
  await expect(found(page).getByRole('alert')).toContainText(
    'three.txt does not have a name for each class: it lists 3, and the model tells 2 apart.',
  );
  await list.setInputFiles(await write('any name.txt', '0 Fox\n1 Hare\n'));
  await expect(names(page).nth(1)).toHaveValue('Hare');
  await expect(found(page).getByRole('alert')).toHaveCount(0);

  // What was typed stays when it is refused.
  await names(page).nth(0).fill('Lynx');
  await names(page).nth(1).fill('lynx');
  await found(page).locator('[name="name"]').fill('In the wood');
  await add(page).click();
  await expect(found(page).getByRole('alert')).toContainText('Give each a name of its own');
  await expect(found(page).getByRole('alert')).toBeInViewport();
  expect(await namesOf(page)).toEqual(['Lynx', 'lynx']);
  await expect(found(page).locator('[name="name"]')).toHaveValue('In the wood');
  await names(page).nth(1).fill('Deer');
  await add(page).click();
  await expectInLive(page, ['Lynx', 'Deer']);
});

test('an .h5 classifier of three classes gets numbers, or the names beside it', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const model = join(folder, 'three.h5');
  const labels = join(folder, 'class_names.txt');
  await writeFile(model, await kerasH5(keras2(layers(3))));
  await writeFile(labels, 'Fox\nHare\n');
  const page = await openPhone();
  await chooseModel(page, appUrl, [model, labels]);
  expect(await namesOf(page)).toEqual(['Class 1', 'Class 2', 'Class 3']);
  await expect(found(page)).toContainText('The files list 2 names for 3 classes');
  await writeFile(labels, 'Fox\nHare\nOwl\n');
  await chooseModel(page, appUrl, [model, labels]);
  expect(await namesOf(page)).toEqual(['Fox', 'Hare', 'Owl']);
  await add(page).click();
  await expectInLive(page, ['Fox', 'Hare', 'Owl']);
});

test('a model that a browser saved, in shards under its own name, answers in Live', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const paths: string[] = [];
  const shards = new Map<string, string>();
  for (const [name, bytes] of await modelFiles(keras2(layers(2)), { shards: 3 })) {
    const saved = name === 'model.json' ? 'my pets (1).json' : name.replace('group1', 'my pets');
    shards.set(name, saved);
    paths.push(join(folder, saved));
    await writeFile(paths.at(-1)!, bytes);
  }
  const [json] = paths;
  const text = await readFile(json!, 'utf8');
  const named = [...shards].reduce((all, [name, saved]) => all.replace(name, `./${saved}`), text);
  await writeFile(json!, named);
  const page = await openPhone();
  await page.goto(`${appUrl}#/models?add`);
  await page.locator('[data-model-files]').setInputFiles(paths.slice(0, 2));
  await expect(page.locator('pp-add-model-dialog').getByRole('alert')).toContainText(
    'is missing: choose it together with my pets (1).json.',
  );
  await chooseModel(page, appUrl, paths);
  expect(await namesOf(page)).toEqual(['Cat', 'Dog']);
  await expect(found(page).locator('[name="name"]')).toHaveValue('my pets (1)');
  await add(page).click();
  await expectInLive(page, ['Cat', 'Dog']);
});
