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
  await page.locator('[data-action="train"]:enabled').click({ timeout: 30_000 });
  await page.locator('[data-result]').waitFor({ timeout: 60_000 });
  await visit(page, 'models');
  await expect(page.locator('[data-model] h2').first()).toContainText('النموذج 1');

  await visit(page, 'settings');
  await page.locator('pp-language-section select').selectOption('');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
