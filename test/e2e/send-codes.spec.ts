import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readPhoneModel } from '../../src/models/formats/phone/read-phone-model.ts';
import { CodeCollector } from '../../src/models/formats/phone/collect-codes.ts';
import { photoFiles, writeCameraFile } from '../fixtures/camera-file.ts';
import { expectAccessible, expectLargeTargets } from './accessible.ts';
import { expect, test } from './phone-test.ts';
import { openSendSheet, sendSheet } from './send-sheet.ts';
import { storedModels } from './stored-models.ts';

const LONG = { timeout: 120_000 };

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);
const adding = (page: Page) => page.locator('dialog[data-add-model]');
const canvas = (page: Page) => page.locator('pp-qr-code canvas');

/** Long, as the tiny base has so few features that a model with a short name may fit one code. */
const NAME = 'Cats and dogs of our street in summer';

async function renameModel(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}#/models`);
  await page.getByRole('button', { name: 'Rename Model 2' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(NAME);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `Rename ${NAME}` })).toBeVisible();
}

/** Opens the QR codes of the model in use by keyboard. */
async function showCodes(page: Page, appUrl: string, name?: string): Promise<void> {
  await openSendSheet(page, appUrl, name);
  await action(page, 'show-codes').press('Enter');
  await expect(canvas(page)).toHaveAttribute('data-code', /\d/);
}

/** Every QR code as it stands on the screen, in JPEG files. */
async function photographCodes(page: Page, folder: string): Promise<string[]> {
  const count = await page.locator('pp-codes-dialog .parts i').count();
  const pictures = new Map<string, string>();
  await expect(async () => {
    const [code, url] = await canvas(page).evaluate((element) => {
      const shown = element as HTMLCanvasElement;
      return [shown.dataset['code']!, shown.toDataURL('image/jpeg', 0.8)];
    });
    pictures.set(code, url);
    expect(pictures.size).toBe(count);
  }).toPass({ intervals: [50], ...LONG });
  return Promise.all(
    [...pictures].map(async ([code, url]) => {
      const path = join(folder, `code-${code}.jpg`);
      await writeFile(path, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
      return path;
    }),
  );
}

test('a model goes to another phone by its screen and the camera, and answers there in Live', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const sender = await openPhone({ trained: true });
  await renameModel(sender, appUrl);
  await openSendSheet(sender, appUrl, NAME);
  await expect(sender.locator('[data-agreement="codes"]')).toContainText(
    /the same answer on (\d+) of \1 test photos/,
  );
  // At once again, by keys.
  await sender.keyboard.press('Escape');
  await showCodes(sender, appUrl, NAME);
  const pictures = await photographCodes(sender, folder);
  expect(pictures.length).toBeGreaterThan(1);
  const [sent] = (await storedModels(sender)).slice(-1);

  // The camera of the other phone meets them in another order.
  const cameraFile = join(folder, 'camera.mjpeg');
  const subjects = photoFiles(pictures.toReversed());
  await writeCameraFile(cameraFile, subjects, { hold: 500, width: 720, height: 720 });
  const receiver = await openPhone({ cameraFile });
  await receiver.goto(`${appUrl}#/models?add`);
  await action(receiver, 'read-codes').press('Enter');
  await expect(adding(receiver)).toHaveAttribute('data-add-model', 'found', LONG);
  await expect(receiver.locator('pp-read-codes')).toHaveCount(0);
  await expect(receiver.locator('pp-received-model')).toContainText('Cat and Dog');
  await action(receiver, 'receive-model').press('Enter');
  await expect(receiver.getByText(`“${NAME}” is here, and Live uses it.`)).toBeVisible(LONG);
  const [received] = await storedModels(receiver);
  expect(received).toMatchObject({
    name: NAME,
    imported: true,
    base: sent!.base,
    temperature: sent!.temperature,
    testedElsewhere: { count: sent!.test!.count, correct: sent!.test!.correct },
  });
  expect(received!.prior).toEqual(sent!.prior);
  await receiver.goto(`${appUrl}#/live`);
  await expect(receiver.locator('pp-live-page [data-answer]')).toBeVisible(LONG);
});

test('the QR codes are accessible, pause by keyboard, and hold what is sent', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await renameModel(page, appUrl);
  await showCodes(page, appUrl, NAME);
  await action(page, 'pause-codes').press('Enter');
  const shown = await canvas(page).getAttribute('data-code');
  const position = page.locator('pp-codes-dialog .position');
  await expect(position).toContainText(`Code ${Number(shown) + 1} of`);
  await expectAccessible(page, 'the QR codes');
  await expectLargeTargets(page, 'the QR codes');
  await action(page, 'pause-codes').press('Enter');
  await expect(canvas(page)).not.toHaveAttribute('data-code', shown!);
  const codes = await page
    .locator('pp-qr-code')
    .evaluate((element) => (element as unknown as { codes: string[] }).codes);
  const collector = new CodeCollector();
  for (const code of codes) collector.add(code);
  const model = await readPhoneModel((await collector.file())!);
  expect(model.name).toBe(NAME);
  await page.keyboard.press('Escape');
  await expect(canvas(page)).toBeHidden();
  await expect(sendSheet(page)).toBeVisible();
  await expect(action(page, 'show-codes')).toBeFocused();
});

test('the camera that reads is accessible, tells a code that is something else, and closes', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const other = join(folder, 'other.jpg');
  const drawer = await openPhone();
  const { default: encodeQR } = await import('qr');
  const modules = encodeQR('https://example.org/', 'raw', { border: 4 });
  const url = await drawer.evaluate((rows) => {
    const element = document.createElement('canvas');
    element.width = element.height = rows.length * 16;
    const context = element.getContext('2d')!;
    rows.forEach((row, y) => {
      row.forEach((isDark, x) => {
        context.fillStyle = isDark ? '#000' : '#fff';
        context.fillRect(16 * x, 16 * y, 16, 16);
      });
    });
    return element.toDataURL('image/jpeg');
  }, modules);
  await writeFile(other, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  const cameraFile = join(folder, 'camera.mjpeg');
  await writeCameraFile(cameraFile, photoFiles([other]), { hold: 500, width: 640, height: 640 });
  const page = await openPhone({ cameraFile });
  await page.goto(`${appUrl}#/models?add`);
  await action(page, 'read-codes').click();
  const reader = page.locator('pp-read-codes');
  await expect(reader.locator('[role="status"][data-codes]')).toContainText(
    'That QR code is no model.',
    LONG,
  );
  await expectAccessible(page, 'the camera that reads QR codes');
  await expectLargeTargets(page, 'the camera that reads QR codes');
  await page.keyboard.press('Escape');
  await expect(reader).toHaveCount(0);
  await expect(action(page, 'read-codes')).toBeFocused();
  await expect(adding(page)).toHaveAttribute('data-add-model', 'choose');
});
