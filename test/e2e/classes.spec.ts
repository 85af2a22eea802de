import type { Page } from '@playwright/test';
import { expect, takeOne, test, visit } from './phone-test.ts';

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
  await takeOneOf(page, 'Owl', () => shutterOf(page, 'Owl').click());
  await takeOneOf(page, 'Owl', () => page.keyboard.press('3'));
  // On a busy machine a tap may last so long that it is a burst.
  const owls = await shownCount(page, 'Owl');

  await visit(page, 'photos');
  const chips = page.getByRole('group', { name: 'Show' });
  await expect(chips.getByRole('button', { name: `Owl ${owls}` })).toBeVisible();
  await chips.getByRole('button', { name: `Owl ${owls}` }).click();
  await expect(page.locator('[data-photo]')).toHaveCount(owls);

  await visit(page, 'settings');
  await expect(rowOf(page, 'Owl')).toContainText(`${owls} photos`);
  await page.getByRole('button', { name: 'Rename Owl' }).click();
  await nameField(page).fill('Barn owl');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(rowOf(page, 'Barn owl')).toContainText(`${owls} photos`);

  await page.getByRole('button', { name: 'Remove Barn owl' }).click();
  await expect(page.getByRole('dialog')).toContainText(`Its ${owls} photos are deleted with it.`);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(notice(page)).toContainText(`Barn owl and ${owls} photos removed.`);
  await expect(page.getByRole('button', { name: 'Add a class' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Remove Cat' })).toBeDisabled();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Barn owl')).toContainText(`${owls} photos`);

  await page.reload();
  await expect(rowOf(page, 'Barn owl')).toContainText(`${owls} photos`);
});

test('a class that another tab removes takes its filter with it', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/settings`);
  await page.getByRole('button', { name: 'Add a class' }).click();
  await page.keyboard.type('Owl');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'Owl')).toBeVisible();
  await visit(page, 'capture');
  await takeOneOf(page, 'Cat', () => shutterOf(page, 'Cat').click());
  const cats = await shownCount(page, 'Cat');
  await visit(page, 'photos');
  await page.locator('[data-filter]').filter({ hasText: 'Owl' }).click();
  await expect(page.getByText('No photo with this label yet.')).toBeVisible();

  const other = await page.context().newPage();
  await other.goto(`${appUrl}#/settings`);
  // It has no photos: nothing is asked.
  await other.getByRole('button', { name: 'Remove Owl' }).click();
  await expect(notice(other)).toContainText('Owl removed.');
  await expect(page.locator('[data-filter="all"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('[data-photo]')).toHaveCount(cats);
});

/** Takes a photo of a class in one way. */
async function takeOneOf(page: Page, name: string, take: () => Promise<void>): Promise<void> {
  await expect(shutterOf(page, name)).toBeEnabled();
  await takeOne(page, { count: () => shownCount(page, name), take });
}

/** How many photos of a class its shutter counts. */
async function shownCount(page: Page, name: string): Promise<number> {
  const label = await shutterOf(page, name).getAttribute('aria-label');
  return Number(/(\d+) photo/.exec(label ?? '')?.[1]);
}

test('Live names the classes that its model has not learned', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/settings`);
  await page.locator('[data-action="add-class"]').click();
  await page.getByRole('dialog').getByRole('textbox').fill('Luna');
  await page.keyboard.press('Enter');
  await expect(page.locator('pp-classes-section li')).toHaveCount(3);
  await visit(page, 'live');
  // A name is shown as it was typed: no article goes before it.
  await expect(page.locator('[data-correct]')).toHaveText(['It’s: Cat', 'It’s: Dog', 'It’s: Luna']);
  await expect(page.locator('[data-unknown]')).toHaveText('Not learned yet: Luna');
});
