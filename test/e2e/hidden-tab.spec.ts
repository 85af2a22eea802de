import type { Page } from '@playwright/test';
import { expect, test } from './phone-test.ts';
import { untilFineTuning } from './running-training.ts';
import { TINY_LAYER } from '../fixtures/tiny-app.ts';
import { storedModels } from './stored-models.ts';
import { setHidden } from './watched-camera.ts';

/** Enough that the training is not over before the page is hidden. */
const TUNING_EPOCHS = 30;
const LONG = { timeout: 120_000 };

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

const locks = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { locks: string[] }).locks);

test('a training goes on while the tab is hidden and frozen, and the screen is kept on again after', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  // No screen here to keep on: what is asked of it is written down.
  await page.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(globalThis, { locks: asked });
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        request: () => {
          asked.push('request');
          return Promise.resolve({
            release: () => {
              asked.push('release');
              return Promise.resolve();
            },
          });
        },
      },
    });
  });
  // Another tab of the same origin looks at the database meanwhile.
  const watcher = await page.context().newPage();
  await watcher.goto(`${appUrl}manifest.webmanifest`);
  await page.bringToFront();
  await page.goto(`${appUrl}#/train`);
  await expect(action(page, 'train')).toBeEnabled(LONG);
  await action(page, 'options').click();
  await page.locator('[data-preset="tutorial"]').check();
  await page.locator('pp-expert-panel summary').click();
  await page.locator('[data-number="tuningEpochs"]').fill(String(TUNING_EPOCHS));
  await page.locator('[data-number="epochs"]').fill('2');
  await page.locator('[data-option="from-layer"]').selectOption(TINY_LAYER);
  await page.getByRole('button', { name: 'Done' }).click();
  await action(page, 'train').click();
  await untilFineTuning(page);
  await expect(page.locator('[data-time-left]')).toHaveText(/ left$/);
  expect(await locks(page)).toEqual(['request']);
  // The system takes the lock from a hidden page.
  await setHidden(page, true);
  await setHidden(page, false);
  expect(await locks(page)).toEqual(['request', 'request']);

  const session = await page.context().newCDPSession(page);
  await setHidden(page, true);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  // The end of the training, by what it has stored.
  const hasTuned = async () => (await storedModels(watcher)).some(({ fineTuning }) => fineTuning);
  expect(await hasTuned()).toBe(false);
  await expect.poll(hasTuned, LONG).toBe(true);

  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await setHidden(page, false);
  await expect(page.locator('pp-train-page')).toHaveAttribute('data-train-state', 'done', LONG);
  await expect(page.locator('[data-result]')).toBeVisible();
  expect((await locks(page)).at(-1)).toBe('release');
});
