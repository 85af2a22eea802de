import { importPets } from './import-pets.ts';
import { action, dialog, hash, tiles, undo } from './photo-elements.ts';
import { expect, test, visit } from './phone-test.ts';

test('the data is examined: counts, splits, nine examples, what is wrong', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await importPets(page, 6);
  await action(page, 'examine').click();
  const view = page.locator('pp-examine-view');
  await expect(view.getByRole('heading', { name: 'Examine the data' })).toBeFocused();
  expect(await hash(page)).toBe('#/photos/examine');
  const examples = view.locator('[data-example]');
  await expect(examples).toHaveCount(9);
  const ids = () =>
    examples.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['example']).join());
  const before = await ids();
  await expect(async () => {
    await action(page, 'reshuffle').click();
    expect(await ids()).not.toBe(before);
  }).toPass();
  const cells = await view.locator('tr[data-class="cat"] td').allTextContents();
  const [count, ...splits] = cells.map(Number);
  expect(count).toBe(6);
  expect(splits.reduce((a, b) => a + b)).toBe(6);
  await expect(view.locator('[data-warning="few-photos"]')).toHaveCount(2);
  await examples.first().click();
  await expect(dialog(page)).toBeVisible();
  await page.goBack();
  await expect(dialog(page)).toBeHidden();
  await expect(view).toBeVisible();
  await page.reload();
  await expect(examples).toHaveCount(9);
});

test('after a training the labels that the model doubts come first', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/photos`);
  // Two dogs are called cats.
  const dogs = [tiles(page).nth(0), tiles(page).nth(1)] as const;
  const moved = await Promise.all(dogs.map((tile) => tile.getAttribute('data-photo')));
  await dogs[0].click({ modifiers: ['Control'] });
  await dogs[1].click();
  await page.locator('[data-move="cat"]').click();
  await expect(page.locator('[data-filter="cat"]')).toContainText('26');
  await visit(page, 'train');
  await action(page, 'train').click({ timeout: 60_000 });
  await expect(page.locator('pp-train-page')).toHaveAttribute('data-train-state', 'done', {
    timeout: 60_000,
  });

  await visit(page, 'photos');
  await action(page, 'check').click();
  const listed = page.locator('[data-check]');
  await expect(listed.first()).toBeVisible();
  const ids = await listed.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-check')));
  expect(ids.length).toBeGreaterThan(1);
  expect(ids.filter((id) => moved.includes(id)).length).toBeGreaterThan(0);
  const percentages = (await listed.locator('.percent').allTextContents()).map(parseFloat);
  expect(percentages).toEqual([...percentages].sort((a, b) => b - a));

  const first = await listed.first().getAttribute('data-check');
  const row = page.locator(`[data-check="${first}"]`);
  await row.locator('[data-action="relabel"]').click();
  await expect(row).toHaveCount(0);
  await undo(page).click();
  await expect(row).toHaveCount(1);
  await row.locator('[data-action="label-right"]').click();
  await expect(row).toHaveCount(0);
  // It does not come back for this model.
  await page.reload();
  const predictions = listed.first().or(page.locator('[data-nothing-to-check]'));
  await expect(predictions).toBeVisible({ timeout: 60_000 });
  await expect(row).toHaveCount(0);

  await page.evaluate((id) => (location.hash = `#/photos/${id}`), first);
  await expect(page.locator('[data-opinion]')).toBeVisible();
  await page.getByRole('button', { name: 'Why' }).click();
  await expect(page.locator('pp-photo-view pp-heat-map')).toBeVisible();
});
