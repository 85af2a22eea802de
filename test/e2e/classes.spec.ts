import type { Page } from '@playwright/test';
import { expect, test, visit } from './phone-test.ts';

const shutterOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^Take photo: ${name},`) });
const rowOf = (page: Page, name: string) =>
  page.locator('pp-classes-section li').filter({ has: page.getByText(name, { exact: true }) });
const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name' });
const notice = (page: Page) => page.locator('pp-notice-bar').getByRole('status').first();

test('a class is added, gets photos, is renamed, removed with them and brought back', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(appUrl);

  await page.getByRole('button', { name: 'Add a class' }).click();
  await expect(nameField(page)).toBeFocused();
  // A digit within a name takes no photo.
  await page.keyboard.type('dog 1');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('dog');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('There is a class called Dog already.');
  await nameField(page).fill('Owl');
  await page.keyboard.press('Enter');
  await expect(nameField(page)).toBeHidden();
  await expect(shutterOf(page, 'Owl')).toBeInViewport({ ratio: 1 });
  await expect(shutterOf(page, 'Cat')).toHaveAccessibleName('Take photo: Cat, 0 photos');

  // By tap, and by the key of its place.
  await takeOne(page, 'Owl', () => shutterOf(page, 'Owl').click());
  await takeOne(page, 'Owl', () => page.keyboard.press('3'));

  await visit(page, 'photos');
  const chips = page.getByRole('group', { name: 'Show' });
  await expect(chips.getByRole('button', { name: 'Owl 2' })).toBeVisible();
  await chips.getByRole('button', { name: 'Owl 2' }).click();
  await expect(page.locator('[data-photo]')).toHaveCount(2);

  await visit(page, 'settings');
  await expect(rowOf(page, 'Owl')).toContainText('2 photos');
  await page.getByRole('button', { name: 'Rename Owl' }).click();
  await nameField(page).fill('Barn owl');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(rowOf(page, 'Barn owl')).toContainText('2 photos');

  await page.getByRole('button', { name: 'Remove Barn owl' }).click();
  await expect(page.getByRole('dialog')).toContainText('Its 2 photos are deleted with it.');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(notice(page)).toContainText('Barn owl and 2 photos removed.');
  await expect(page.getByRole('button', { name: 'Add a class' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Remove Cat' })).toBeDisabled();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Barn owl')).toContainText('2 photos');

  await page.reload();
  await expect(rowOf(page, 'Barn owl')).toContainText('2 photos');
});

test('a class that another tab removes takes its filter with it', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/settings`);
  await page.getByRole('button', { name: 'Add a class' }).click();
  await page.keyboard.type('Owl');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Owl')).toBeVisible();
  await visit(page, 'capture');
  await takeOne(page, 'Cat', () => shutterOf(page, 'Cat').click());
  await visit(page, 'photos');
  await page.locator('[data-filter]').filter({ hasText: 'Owl' }).click();
  await expect(page.getByText('No photo with this label yet.')).toBeVisible();

  const other = await page.context().newPage();
  await other.goto(`${appUrl}#/settings`);
  // It has no photos: nothing is asked.
  await other.getByRole('button', { name: 'Remove Owl' }).click();
  await expect(notice(other)).toContainText('Owl removed.');
  await expect(page.locator('[data-filter="all"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-photo]')).toHaveCount(1);
});

/** Takes a photo in one way; the same picture twice, or one before the first frame, is none. */
async function takeOne(page: Page, name: string, take: () => Promise<void>): Promise<void> {
  const shutter = shutterOf(page, name);
  await expect(shutter).toBeEnabled();
  const count = async () =>
    Number(/(\d+) photo/.exec((await shutter.getAttribute('aria-label')) ?? '')?.[1]);
  const before = await count();
  await expect(async () => {
    if ((await count()) === before) await take();
    await expect.poll(count, { timeout: 2_000 }).toBe(before + 1);
  }).toPass();
}
