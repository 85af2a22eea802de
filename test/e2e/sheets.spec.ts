import type { Page } from '@playwright/test';
import { importPets } from './import-pets.ts';
import { expect, test } from './phone-test.ts';

const sheet = (page: Page) => page.getByRole('dialog');

/** A place in the window by its distance from the left and the upper edge of the open sheet. */
async function besideSheet(page: Page, x: number, y: number): Promise<[number, number]> {
  const box = (await sheet(page).boundingBox())!;
  return [box.x + x, box.y + y];
}

test('a tap beside a sheet closes it; one on its margin, or a selection that ends beside it, does not', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/settings`);
  await page.locator('[data-action="add-class"]').click();
  const name = sheet(page).getByRole('textbox');
  await name.fill('Luna');

  await page.mouse.click(...(await besideSheet(page, 8, 8)));
  await name.hover();
  await page.mouse.down();
  await page.mouse.move(...(await besideSheet(page, 100, -60)));
  await page.mouse.up();
  // The same button was pressed and lifted elsewhere: what closes a sheet has been handled.
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('Luna');

  await page.mouse.click(...(await besideSheet(page, 100, -60)));
  await expect(sheet(page)).toHaveCount(0);
});

test('files that are dropped in the moment in which the sheet closes are asked about', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.goto(`${appUrl}#/photos`);
  await importPets(page, 1);
  await page.locator('[data-action="import"]').click();
  await expect(sheet(page)).toHaveAttribute('data-import-state', 'choose');
  await page.locator('pp-import-dialog').evaluate(async (host) => {
    const dialog = host.shadowRoot!.querySelector('dialog')!;
    const closed = new Promise((resolve) => {
      dialog.addEventListener('close', resolve);
    });
    const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 90 });
    canvas.getContext('2d')!.fillRect(10, 10, 40, 60);
    const png = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve);
    });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([png!], 'dropped.png', { type: 'image/png' }));
    dialog.querySelector<HTMLElement>('[aria-label="Close"]')!.click();
    // Browsers say a frame later that it was closed.
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, composed: true }),
    );
    await closed;
  });
  await expect(sheet(page)).toHaveAttribute('data-import-state', 'ask');
});
