import type { Page } from '@playwright/test';
import { expect, test } from './phone-test.ts';

const LONG = { timeout: 120_000 };

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

/** Exports the model in use; the path of the file. */
async function saveExport(page: Page, format: string, folder: string): Promise<string> {
  await page.getByRole('button', { name: 'Export Model 2' }).click();
  const sheet = page.locator('pp-export-dialog dialog');
  await expect(sheet).toHaveAttribute('data-export-state', 'choosing', LONG);
  await page.locator(`[data-format="${format}"]`).click();
  await expect(sheet).toHaveAttribute('data-export-state', 'ready', LONG);
  const download = page.waitForEvent('download');
  await action(page, 'save-export').click();
  const path = `${folder}/${(await download).suggestedFilename()}`;
  await (await download).saveAs(path);
  return path;
}

test('each format that the app reads comes back: what it exports is added to another phone and answers in Live', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const sender = await openPhone({ trained: true });
  await sender.goto(`${appUrl}#/models`);
  const receiver = await openPhone();
  for (const format of ['tfjs', 'teachable-machine', 'keras']) {
    await test.step(format, async () => {
      const path = await saveExport(sender, format, folder);
      await receiver.goto(`${appUrl}#/models?add`);
      await receiver.locator('[data-model-files]').setInputFiles(path);
      const dialog = receiver.locator('[data-add-model="found"]');
      await expect(dialog.locator('[name="class"]')).toHaveCount(2, LONG);
      const names = await dialog
        .locator('[name="class"]')
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
      expect(names).toEqual(['Cat', 'Dog']);
      await dialog.locator('[name="name"]').fill(`From ${format}`);
      await action(receiver, 'add-model').click();
      await receiver.getByRole('button', { name: 'Open Live' }).click(LONG);
      await expect(receiver.locator('pp-live-page [data-answer]')).toBeVisible(LONG);
      await expect(receiver.locator('pp-answer-bars dt')).toHaveText(['Cat', 'Dog']);
      await receiver.goto(`${appUrl}#/models`);
      const inUse = receiver.locator('[data-model][data-in-use="true"]');
      await expect(inUse).toContainText(`From ${format}`);
      // How it was trained elsewhere is not known.
      await expect(inUse.locator('[data-action="train-alike"]')).toHaveCount(0);
    });
  }
});
