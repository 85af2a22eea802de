import { importPets } from './import-pets.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, speak, test, visit } from './phone-test.ts';

test('a person chooses the language, and it stays, offline too', async ({ serve, openPhone }) => {
  const server = await serve();
  const page = await openPhone();
  await page.goto(server.url);
  await expectOfflineReady(page);
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await speak(page, 'ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.getByRole('heading', { name: 'الإعدادات' })).toBeVisible();

  await server.close();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'الإعدادات' })).toBeVisible();
  // The worker names a model, in a language that it has loaded for itself.
  await importPets(page, 6);
  await visit(page, 'train');
  await page.locator('[data-action="train"]:enabled').click();
  await page.locator('[data-result]').waitFor({ timeout: 60_000 });
  await visit(page, 'models');
  await expect(page.locator('[data-model] h2').first()).toContainText('النموذج 1');

  await visit(page, 'settings');
  await page.locator('pp-language-section select').selectOption('');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the first classes are called as the language does, until one is renamed or photos come', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/settings`);
  const names = page.locator('pp-classes-section li strong');
  await expect(names).toHaveText(['Cat', 'Dog']);
  await speak(page, 'es');
  await expect(names).toHaveText(['Gato', 'Perro']);
  await visit(page, 'train');
  await expect(page.locator('pp-train-page')).not.toContainText(/\b(Cat|Dog)\b/);
  await visit(page, 'settings');

  // A name that the person gave is theirs.
  await page.locator('[data-class="cat"] button').first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('Luna');
  await page.keyboard.press('Enter');
  // It is stored: another language loads the page again.
  await expect(names).toHaveText(['Luna', 'Perro']);
  await speak(page, 'ar');
  await expect(names).toHaveText(['Luna', 'كلب']);

  // And so are those of a library with photos.
  await importPets(page, 1);
  await speak(page, 'en');
  await expect(names).toHaveText(['Luna', 'كلب']);
});
