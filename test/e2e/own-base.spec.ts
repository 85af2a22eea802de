import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kerasZip } from '../fixtures/keras-file.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  keras3,
  modelFiles,
  plain,
} from '../fixtures/keras-topology.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expectAccessible } from './accessible.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, test, visit } from './phone-test.ts';

test('a base model is added in Models, used without a network, and removed', async ({
  serve,
  openPhone,
  folder,
}) => {
  const model = join(folder, 'resnet_tiny');
  await mkdir(model);
  const paths: string[] = [];
  for (const [path, bytes] of await modelFiles(keras2(classifier(32), 'resnet_tiny'))) {
    await writeFile(join(model, path), bytes);
    paths.push(join(model, path));
  }
  const server = await serve();
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await visit(page, 'settings');
  await server.close();

  await page.locator('[data-action="open-add-model"]').click();
  await page.locator('[name="address"]').fill('https://example.com/model.json');
  await page.getByRole('button', { name: 'Read it from there' }).click();
  await expect(page.getByRole('alert')).toContainText('Download the model’s files');
  await page.locator('[data-model-files]').setInputFiles(paths);
  const dialog = page.locator('[data-add-model="found"]');
  await expect(dialog).toContainText('Any layers from conv1 on');
  await expect(dialog).toContainText('It tells 5 classes apart.');
  await expect(dialog.locator('[name="name"]')).toHaveValue('resnet_tiny');
  // ResNet's first version was trained so.
  await expect(dialog.locator('[name="mode"]')).toHaveValue('caffe');
  await dialog.locator('[name="name"]').fill('Mine');
  await dialog.getByLabel('Take only its base').check();
  await page.locator('[data-action="add-model"]').click();
  await page.getByRole('button', { name: 'Use it' }).click();
  await visit(page, 'settings');
  const choice = page.locator('[data-base^="own-"][data-base$="@32"]');
  await expect(choice).toBeChecked();

  await page.reload();
  await expect(choice).toBeChecked();
  await page.getByRole('button', { name: 'Remove Mine' }).click();
  await expect(choice).toHaveCount(0);
  await expect(page.locator('[data-base="tiny@32"]')).toBeChecked();
});

test('Teachable Machine’s zip answers in Live at once, without a network', async ({
  serve,
  openPhone,
  folder,
}) => {
  const files = await modelFiles(
    keras2(
      chain(
        32,
        conv('conv', 4, { strides: [2, 2] }),
        plain('GlobalAveragePooling2D', 'pool'),
        plain('Dense', 'hidden', { units: 6, activation: 'relu' }),
        plain('Dense', 'top', { units: 3, activation: 'softmax' }),
      ),
    ),
  );
  const labels = JSON.stringify({ labels: ['Fox', 'Hare', 'Owl'], imageSize: 32 });
  const zip = join(folder, 'tm-my-image-model.zip');
  const parts = Array.from(files, ([name, bytes]) => ({ name, bytes }));
  await writeFile(zip, zipBytes([...parts, { name: 'metadata.json', bytes: Buffer.from(labels) }]));
  const server = await serve();
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await server.close();

  await visit(page, 'models');
  await page.locator('[data-action="open-add-model"]').first().click();
  await page.locator('[data-model-files]').setInputFiles(zip);
  const dialog = page.locator('[data-add-model="found"]');
  const names = dialog.locator('[name="class"]');
  await expect(names).toHaveCount(3);
  await expect(names.nth(1)).toHaveValue('Hare');
  await expectAccessible(page, 'a model that was found');
  await names.nth(1).fill('owl');
  await page.locator('[data-action="add-model"]').click();
  await expect(dialog.getByRole('alert')).toContainText('Give each a name of its own');
  await names.nth(1).fill('Rabbit');
  await page.locator('[data-action="add-model"]').click();
  await page.getByRole('button', { name: 'Open Live' }).click();
  await expect(page.locator('pp-live-page [data-answer]')).toBeVisible();
  await expect(page.locator('pp-answer-bars dt')).toHaveText(['Fox', 'Rabbit', 'Owl']);

  await visit(page, 'models');
  await expect(page.locator('[data-model][data-in-use="true"]')).toContainText('Trained elsewhere');
  await visit(page, 'settings');
  // Cat and Dog were never used.
  await expect(page.locator('pp-classes-section')).toContainText('Rabbit');
  await expect(page.locator('pp-classes-section')).not.toContainText('Dog');
});

test('a .keras file becomes a base; what reads it is fetched when it is needed, and kept', async ({
  serve,
  openPhone,
  folder,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const file = join(folder, 'body.keras');
  const layers = chain(32, conv('conv', 4, { strides: [2, 2] }), plain('ReLU', 'relu'));
  await writeFile(file, await kerasZip(keras3(layers)));
  let served = 0;
  let isAway = true;
  const server = await serve({
    intercept: (request, response) => {
      if (!/h5wasm/.test(request.url ?? '')) return false;
      served++;
      if (isAway) response.destroy();
      return isAway;
    },
  });
  const page = await openPhone();
  await page.goto(`${server.url}#/models?add`);
  await expectOfflineReady(page);
  expect(served).toBe(0);
  const choose = () => page.locator('[data-model-files]').setInputFiles(file);
  await choose();
  await expect(page.getByRole('alert')).toContainText('Connect and try again');
  isAway = false;
  await choose();
  const name = page.locator('[data-add-model="found"] [name="name"]');
  await expect(name).toHaveValue('body');

  await server.close();
  await page.reload();
  await expectOfflineReady(page);
  await page.locator('[data-action="open-add-model"]').first().click();
  await choose();
  await expect(name).toHaveValue('body');
  await page.locator('[data-action="add-model"]').click();
  await expect(page.getByRole('button', { name: 'Use it' })).toBeVisible();
});
