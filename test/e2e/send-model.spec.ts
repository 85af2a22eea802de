import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readPhoneModel } from '../../src/models/formats/phone/read-phone-model.ts';
import { writePhoneModel } from '../../src/models/formats/phone/write-phone-model.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expectAccessible, expectLargeTargets } from './accessible.ts';
import { dropFiles } from './drop.ts';
import { expectOfflineReady } from './launch-phone.ts';
import { expect, test } from './phone-test.ts';
import { openSendSheet, sendSheet } from './send-sheet.ts';
import { storedModels } from './stored-models.ts';

const LONG = { timeout: 120_000 };

const adding = (page: Page) => page.locator('dialog[data-add-model]');
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

/** Sends the model in use of a phone. @returns the path of the file */
async function sendModel(page: Page, appUrl: string, folder: string): Promise<string> {
  await openSendSheet(page, appUrl);
  const download = page.waitForEvent('download');
  await action(page, 'save-model').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Model-2.purrceptron');
  await expect(sendSheet(page)).toBeHidden();
  const path = `${folder}/${file.suggestedFilename()}`;
  await file.saveAs(path);
  return path;
}

test('a model goes to another phone as a small file, and answers there at once', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const sender = await openPhone({ trained: true });
  const path = await sendModel(sender, appUrl, folder);
  const sent = (await storedModels(sender)).at(-1)!;
  const bytes = await readFile(path);
  expect(bytes.length).toBeLessThan(10_000);
  const { base, temperature, classes, test: tested } = await readPhoneModel(new Uint8Array(bytes));
  expect(base.featureSpaceId).toBe(sent.base.featureSpaceId);
  expect(classes.map(({ name }) => name)).toEqual(['Cat', 'Dog']);
  expect(tested).toEqual({ count: sent.test!.count, correct: sent.test!.correct });

  const receiver = await openPhone();
  await receiver.goto(`${appUrl}#/models?add`);
  await receiver.locator('[data-model-files]').setInputFiles(path);
  await expect(adding(receiver)).toHaveAttribute('data-add-model', 'found');
  await expect(receiver.locator('pp-received-model')).toContainText('Cat and Dog');
  await expectAccessible(receiver, 'a model from another phone');
  await expectLargeTargets(receiver, 'a model from another phone');
  await action(receiver, 'receive-model').press('Enter');
  await expect(receiver.getByText('“Model 2” is here, and Live uses it.')).toBeVisible(LONG);
  const [received] = await storedModels(receiver);
  expect(received).toMatchObject({
    name: 'Model 2',
    imported: true,
    temperature,
    base: sent.base,
    testedElsewhere: tested!,
    hyperparameters: { askedVariants: sent.hyperparameters.askedVariants },
  });
  expect(received!.prior).toEqual(sent.prior);
  await expect(receiver.locator('pp-model-card')).toContainText('tested there');
  await receiver.goto(`${appUrl}#/live`);
  await expect(receiver.locator('pp-live-page [data-answer]')).toBeVisible(LONG);
});

test('a model file is taken on any page where it is dropped', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const path = await sendModel(await openPhone({ trained: true }), appUrl, folder);
  const receiver = await openPhone();
  await receiver.goto(`${appUrl}#/photos`);
  await dropFiles(receiver, [path]);
  await expect(adding(receiver)).toHaveAttribute('data-add-model', 'found');
});

test('a model file comes in by the share sheet', async ({ appUrl, serve, openPhone, folder }) => {
  const path = await sendModel(await openPhone({ trained: true }), appUrl, folder);
  await receiveShare(await openPhone(), (await serve()).url, path);
});

/** Shares a file to the app, as the share sheet does, and adds the model in it. */
async function receiveShare(receiver: Page, url: string, path: string): Promise<void> {
  await receiver.goto(url);
  await expectOfflineReady(receiver);
  await receiver.goto('about:blank');
  await receiver.setContent(
    `<form action="${url}share-photos" method="post" enctype="multipart/form-data">
      <input type="file" name="photos" /><button>Share</button>
    </form>`,
  );
  await receiver.locator('input').setInputFiles(path);
  await receiver.locator('button').click();
  await expect(adding(receiver)).toHaveAttribute('data-add-model', 'found');
  await action(receiver, 'receive-model').click();
  await expect(receiver.getByText('“Model 2” is here, and Live uses it.')).toBeVisible(LONG);
  await receiver.goto(`${url}#/photos`);
  await expect(receiver.locator('pp-photos-page')).toBeVisible();
  await expect(receiver.locator('[data-shared]')).toHaveCount(0);
}

test('a model is shared as text, which every share sheet takes, and comes in by it', async ({
  appUrl,
  serve,
  openPhone,
  folder,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const sender = await openPhone({ trained: true });
  // Headless Chromium has no share sheet. This one refuses what Chrome's does, when it is opened.
  await sender.addInitScript(() => {
    const shared: File[] = [];
    Object.assign(globalThis, { shared });
    navigator.canShare = () => true;
    navigator.share = ({ files = [] } = {}) => {
      const isKnown = files.every(
        ({ name, type }) => name.endsWith('.txt') && type === 'text/plain',
      );
      if (!isKnown) return Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
      shared.push(...files);
      return Promise.resolve();
    };
  });
  await openSendSheet(sender, appUrl);
  await action(sender, 'share-model').press('Enter');
  await expect(sendSheet(sender)).toBeHidden();
  const [name, text] = await sender.evaluate(async () => {
    const [file] = (globalThis as unknown as { shared: File[] }).shared;
    return [file!.name, await file!.text()];
  });
  expect(name).toBe('Model-2.purrceptron.txt');
  const path = `${folder}/${name}`;
  await writeFile(path, text);
  await receiveShare(await openPhone(), (await serve()).url, path);
});

test('a model file that the system opens with the app leads to the question', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const path = await sendModel(await openPhone({ trained: true }), appUrl, folder);
  const bytes = [...(await readFile(path))];
  const page = await openPhone();
  // Only an installed app has a queue with files; the consumer is the app's own.
  await page.addInitScript((numbers) => {
    const file = new File([Uint8Array.from(numbers)], 'Model-2.purrceptron');
    const launchQueue = {
      setConsumer: (consumer: (params: { files: object[] }) => void) => {
        consumer({ files: [{ getFile: () => Promise.resolve(file) }] });
      },
    };
    Object.defineProperty(globalThis, 'launchQueue', { value: launchQueue });
  }, bytes);
  await page.goto(`${appUrl}#/photos`);
  await expect(adding(page)).toHaveAttribute('data-add-model', 'found', LONG);
  await expect(page.locator('pp-received-model')).toContainText('Model 2');
});

test('a model whose base is not here says which one to fetch, and a damaged one that it is', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const path = await sendModel(await openPhone({ trained: true }), appUrl, folder);
  const model = await readPhoneModel(new Uint8Array(await readFile(path)));
  const base = { ...model.base, id: 'own-0123456789abcdef', name: 'Cats of the town' };
  const strange = { ...base, featureSpaceId: `${base.id}@${base.inputSize}:01234567` };
  const bytes = await writePhoneModel({ ...model, base: strange }, 'float16');
  await writeFile(path, bytes);
  const receiver = await openPhone();
  await receiver.goto(`${appUrl}#/models?add`);
  const choose = () => receiver.locator('[data-model-files]').setInputFiles(path);
  await choose();
  await action(receiver, 'receive-model').click();
  const alert = receiver.locator('pp-add-model-dialog [role="alert"]');
  await expect(alert).toContainText(/needs the base “Cats of the town” \([\d.]+ MB\)/, LONG);
  expect(await storedModels(receiver)).toEqual([]);

  bytes[bytes.length - 40]! ^= 1;
  await writeFile(path, bytes);
  await receiver.goto(`${appUrl}#/train`);
  // Back before the other page was there.
  await receiver.goto(`${appUrl}#/models?add`);
  await choose();
  await expect(alert).toContainText('arrived damaged');
  await expect(adding(receiver)).toHaveAttribute('data-add-model', 'choose');
});

test('the sheet is accessible, leads to the backup, and Escape closes it', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await openSendSheet(page, appUrl);
  await expect(sendSheet(page)).toContainText('the same answer');
  await expectAccessible(page, 'the sheet that sends');
  await expectLargeTargets(page, 'the sheet that sends');
  await page.keyboard.press('Escape');
  await expect(sendSheet(page)).toBeHidden();
  await openSendSheet(page, appUrl);
  await action(page, 'send-library').press('Enter');
  await expect(page).toHaveURL(/#\/settings\?backup$/);
  await expect(page.locator('pp-backup-section h2')).toBeFocused();
});
