import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, test, visit } from './phone-test.ts';

test('a base model is added in Settings, used without a network, and removed', async ({
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

  await page.locator('[data-action="open-add-base"]').click();
  await page.locator('[name="address"]').fill('https://example.com/model.json');
  await page.getByRole('button', { name: 'Read it from there' }).click();
  await expect(page.getByRole('alert')).toContainText('Download the model’s files');
  await page.locator('[data-base-files]').setInputFiles(paths);
  const dialog = page.locator('[data-add-base="found"]');
  await expect(dialog).toContainText('Any layers from conv1 on');
  await expect(dialog).toContainText(
    'Its classifier is left out: the features are those of relu2.',
  );
  await expect(dialog.locator('[name="name"]')).toHaveValue('resnet_tiny');
  // ResNet's first version was trained so.
  await expect(dialog.locator('[name="mode"]')).toHaveValue('caffe');
  await dialog.locator('[name="name"]').fill('Mine');
  await page.locator('[data-action="add-base"]').click();
  await page.getByRole('button', { name: 'Use it' }).click();
  const choice = page.locator('[data-base^="own-"][data-base$="@32"]');
  await expect(choice).toBeChecked();

  await page.reload();
  await expect(choice).toBeChecked();
  await page.getByRole('button', { name: 'Remove Mine' }).click();
  await expect(choice).toHaveCount(0);
  await expect(page.locator('[data-base="tiny@32"]')).toBeChecked();
});
