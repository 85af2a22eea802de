import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { expectAccessible, expectLargeTargets } from './accessible.ts';
import { expect, test } from './phone-test.ts';

const LONG = { timeout: 120_000 };

const sheet = (page: Page) => page.locator('pp-export-dialog dialog');
const format = (page: Page, name: string) => page.locator(`[data-format="${name}"]`);
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

/** Opens the sheet of the model in use by keyboard. */
async function openSheet(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}#/models`);
  const open = page.getByRole('button', { name: 'Export Model 2' });
  await expect(open).toBeEnabled(LONG);
  await open.press('Enter');
  await expect(sheet(page)).toHaveAttribute('data-export-state', 'choosing', LONG);
}

test('a model is exported as a web page, which answers without the app', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const page = await openPhone({ trained: true });
  await openSheet(page, appUrl);
  await format(page, 'web-page').press('Enter');
  await expect(sheet(page)).toHaveAttribute('data-export-state', 'ready', LONG);
  const download = page.waitForEvent('download');
  await action(page, 'save-export').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Model-2.html');
  await expect(sheet(page)).toBeHidden();
  const path = `${folder}/${file.suggestedFilename()}`;
  await file.saveAs(path);

  const html = await readFile(path, 'utf8');
  const files = JSON.parse(
    /<script type="application\/json" id="files">(.*?)<\/script>/s.exec(html)![1]!,
  ) as Record<string, string>;
  const golden = JSON.parse(files['golden.json']!) as {
    labels: string[];
    pictures: { file: string; probabilities: number[]; novelty: number }[];
  };
  expect(files['model-card.md']).toContain('# Model 2');
  const reader = await page.context().browser()!.newPage();
  const requests: string[] = [];
  reader.on('request', (request) => requests.push(request.url()));
  await reader.goto(pathToFileURL(path).href);
  await expect(reader.locator('h1')).toHaveText('Model 2');
  await expect(reader.locator('#bars dt')).toHaveText(golden.labels);
  for (const { file, probabilities } of golden.pictures) {
    const picture = Buffer.from(files[file]!.split(',')[1]!, 'base64');
    await reader
      .locator('#file')
      .setInputFiles({ name: file, mimeType: 'image/png', buffer: picture });
    const largestDifference = async () => {
      const shown = await reader
        .locator('#bars .percent')
        .evaluateAll((all) => all.map((each) => Number((each as HTMLElement).dataset['value'])));
      return Math.max(...probabilities.map((p, c) => Math.abs(p - shown[c]!)));
    };
    // The picture before is shown until this one is decoded.
    await expect.poll(largestDifference).toBeLessThan(1e-4);
  }
  expect(requests.filter((url) => !/^(blob|data):/.test(url))).toEqual([pathToFileURL(path).href]);
  await reader.close();
});

test('the export sheet is accessible, and Escape closes it', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ trained: true });
  await openSheet(page, appUrl);
  await expect(format(page, 'web-page')).toContainText('Web page');
  await expect(format(page, 'keras')).toContainText('Without');
  await expectAccessible(page, 'formats');
  await expectLargeTargets(page, 'formats');
  await format(page, 'web-page').click();
  await expect(sheet(page)).toHaveAttribute('data-export-state', 'ready', LONG);
  await expect(page.locator('pp-export-dialog h2')).toBeFocused();
  await expectAccessible(page, 'the file');
  await page.keyboard.press('Escape');
  await expect(sheet(page)).toBeHidden();
});
