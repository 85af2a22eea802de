import type { Page } from '@playwright/test';
import { drawnPets, renderJpegs } from '../fixtures/camera-file.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';
import { choose } from './choose-files.ts';
import { expect, test, visit } from './phone-test.ts';

// Data sets: their classes, their split, and what is in them beside photos.

const sheet = (page: Page) => page.locator('[data-import-state]');
const tiles = (page: Page, classId: string) => page.locator(`[data-filter="${classId}"]`);

test('a set with other classes takes the place of Cat and Dog, which are still empty; Undo brings them back', async ({
  appUrl,
  openPhone,
}) => {
  const [a, b] = await renderJpegs(drawnPets('dog', [1, 2]), 224, 224);
  const set = zipBytes([
    { name: 'photos/1.jpg', bytes: a! },
    { name: 'photos/2.jpg', bytes: b! },
    { name: 'labels.csv', bytes: Buffer.from('id,animal\n1,fox\n2,wolf\n') },
  ]);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'set.zip', mimeType: 'application/zip', buffer: set },
  ]);
  await expect(page.locator('[data-group="fox"] select')).toHaveValue('new');
  await expect(sheet(page)).toContainText('give way to the new classes: Cat and Dog.');
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('2 photos added as fox and wolf.')).toBeVisible();
  await expect(tiles(page, 'cat')).toHaveCount(0);
  await expect(page.locator('[data-filter]', { hasText: 'wolf' })).toContainText('1');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('No photos yet')).toBeVisible();
  await page.locator('[data-action="import"]').click();
  await expect(sheet(page).locator('[data-class="cat"]')).toBeVisible();
  await expect(sheet(page).locator('[data-class]')).toHaveCount(2);
});

test('many groups are found by name, selected and given one class', async ({
  appUrl,
  openPhone,
}) => {
  const jpegs = await renderJpegs(drawnPets('cat', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 96, 96);
  const names = jpegs.map((_, index) => `kind ${index < 6 ? 'a' : 'b'}${index}`);
  const set = zipBytes(jpegs.map((bytes, index) => ({ name: `${names[index]}/1.jpg`, bytes })));
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'set.zip', mimeType: 'application/zip', buffer: set },
  ]);
  await expect(page.locator('[data-group]')).toHaveCount(10);
  await expect(page.locator('[data-choice="leave-out"]')).toHaveCount(10);
  await expect(page.locator('[data-action="import-groups"]')).toBeDisabled();
  // What a name cannot tell is seen: the first photo of each.
  await expect(page.locator('[data-group] img')).toHaveCount(10);
  for (const [looked, id] of [
    ['A', 'cat'],
    ['b7', 'dog'],
  ] as const) {
    await page.locator('[data-find-groups]').fill(`kind ${looked}`);
    await page.locator('[data-select-found]').check();
    await page.locator('[data-answer-selected]').selectOption(`class:${id}`);
  }
  await page.locator('[data-find-groups]').fill('');
  await expect(page.locator('[data-choice="leave-out"]')).toHaveCount(3);
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('7 photos added as Cat and Dog.')).toBeVisible();
});

test('a set of one class that is split: its split is offered, and the figures say so', async ({
  appUrl,
  openPhone,
}) => {
  const jpegs = await renderJpegs(drawnPets('cat', [1, 2, 3, 4, 5, 6]), 240, 240);
  const splits = ['train', 'train', 'train', 'validation', 'test', 'test'];
  const set = zipBytes(
    jpegs.map((bytes, index) => ({ name: `set/${splits[index]}/cats/${index}.jpg`, bytes })),
  );
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'set.zip', mimeType: 'application/zip', buffer: set },
  ]);
  await expect(sheet(page)).toContainText('For training 3, for validation 1, for testing 2');
  await page.locator('[data-option="own-split"]').check();
  await sheet(page).locator('[data-class="cat"]').click();
  await expect(page.getByText('6 photos added as Cat.')).toBeVisible();
  await page.locator('[data-action="examine"]').click();
  await expect(page.locator('tr[data-class="cat"] td')).toHaveText(['6', '3', '1', '2']);
  await expect(page.locator('[data-by-set]')).toContainText('where their set puts them');
});

test('a set keeps its own split: the results of Train and of Models say on whose photos they stand', async ({
  appUrl,
  openPhone,
}) => {
  const splits = ['train', 'train', 'train', 'validation', 'test', 'test'];
  const seeds = splits.map((_, index) => index + 1);
  const files = (
    await Promise.all(
      (['cat', 'dog'] as const).map(async (kind) => {
        const jpegs = await renderJpegs(drawnPets(kind, seeds), 240, 240);
        return jpegs.map((bytes, i) => ({ name: `set/${splits[i]!}/${kind}s/${i}.jpg`, bytes }));
      }),
    )
  ).flat();
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'set.zip', mimeType: 'application/zip', buffer: zipBytes(files) },
  ]);
  await page.locator('[data-option="own-split"]').check();
  await page.locator('[data-action="import-groups"]').click();
  await expect(page.getByText('12 photos added as Cat and Dog.')).toBeVisible();
  await visit(page, 'train');
  await page.locator('[data-action="train"]:enabled').click();
  const result = page.locator('[data-result]');
  await expect(result).toHaveAttribute('data-count', '4', { timeout: 60_000 });
  const said = 'These are the test photos of the imported set’s own split.';
  await expect(result.locator('[data-split]')).toHaveText(said);
  await page.locator('[data-action="open-result"]').click();
  await expect(page.locator('pp-models-page [data-split]')).toHaveText(said);
});

test('films are counted as films', async ({ appUrl, openPhone }) => {
  const [a, b] = await renderJpegs(drawnPets('cat', [1, 2]), 240, 240);
  const film = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42', 'latin1');
  const set = zipBytes([
    { name: 'cat/1.jpg', bytes: a! },
    { name: 'cat/walk.mp4', bytes: film },
    { name: 'dog/1.jpg', bytes: b! },
    { name: 'dog/run.mp4', bytes: film },
    { name: 'dog/old.avi', bytes: Buffer.from('RIFF\x10\0\0\0AVI LIST', 'latin1') },
  ]);
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await choose(page, 'choose-archive', [
    { name: 'set.zip', mimeType: 'application/zip', buffer: set },
  ]);
  // Both labels are known, so nothing is asked.
  await expect(sheet(page).locator('h2')).toHaveText('Ready to import');
  await expect(sheet(page)).toContainText('2 photos, 3 films found');
  await expect(page.locator('[data-group="dog"]')).toContainText('1 photo, 2 films');
  await page.getByRole('button', { name: 'Import 2 photos, 3 films' }).click();
  await expect(sheet(page)).toHaveAttribute('data-import-state', 'done');
  await expect(page.locator('[data-refused]', { hasText: 'old.avi' })).toContainText(
    'Browsers do not read AVI films. Make an MP4 of it first.',
  );
});
