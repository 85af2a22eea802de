import type { Page } from '@playwright/test';
import type { ModelRecord } from '../../src/records/model.ts';
import { TINY_LAYER } from '../fixtures/tiny-app.ts';
import { importPets } from './import-pets.ts';
import { expect, test, visit } from './phone-test.ts';
import { untilFineTuning } from './running-training.ts';
import { spawnPhone, type SpawnedPhone } from './spawned-phone.ts';
import { storedModels } from './stored-models.ts';

const PETS = 14;
const HEAD_EPOCHS = 3;
/** Enough that the training is not over before the browser is killed. */
const TUNING_EPOCHS = 20;
/** The smaller of the sizes that the base model serves. */
const SIZE = 24;
const LONG = { timeout: 120_000 };

const trainPage = (page: Page) => page.locator('pp-train-page');
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

/** A training of both stages that is over soon, by the expert's numbers. */
async function chooseShort(page: Page): Promise<void> {
  await expect(action(page, 'train')).toBeEnabled(LONG);
  await action(page, 'options').click();
  await page.locator('[data-preset="tutorial"]').check();
  await page.locator('pp-expert-panel summary').click();
  const base = page.locator('[data-option="base"]');
  await base.selectOption({ label: await labelOfSize(page) });
  await expect(page.locator('pp-expert-panel .note')).toContainText('prepared again', LONG);
  await page.locator('[data-number="epochs"]').fill('0');
  await page.getByRole('button', { name: 'Done' }).click();
  // It stays open at what is wrong.
  await expect(page.locator('[data-number="epochs"]')).toBeFocused();
  await expect(page.getByText('This has to be from 1 to 500.')).toBeVisible();
  await page.locator('[data-number="epochs"]').fill(String(HEAD_EPOCHS));
  await page.locator('[data-number="tuningEpochs"]').fill(String(TUNING_EPOCHS));
  await page.locator('[data-option="from-layer"]').selectOption(TINY_LAYER);
  await page.locator('[data-option="class-weights"]').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('pp-options-dialog dialog')).toBeHidden();
}

async function labelOfSize(page: Page): Promise<string> {
  const labels = await page.locator('[data-option="base"] option').allTextContents();
  return labels.map((label) => label.trim()).find((label) => label.endsWith(`${SIZE} px`))!;
}

async function expectDone(page: Page): Promise<void> {
  await expect(trainPage(page)).toHaveAttribute('data-train-state', 'done', LONG);
}

/** What two trainings of the same numbers have in common. */
function learned({ sha256, history, fineTuning }: ModelRecord) {
  return { sha256, history, tuned: fineTuning?.history, epoch: fineTuning?.epoch };
}

test('a browser that is killed in the middle of a training goes on, to the very same weights', async ({
  appUrl,
  folder,
}) => {
  test.setTimeout(360_000);
  const address = `${appUrl}?backend=wasm#/photos`;
  let phone: SpawnedPhone = await spawnPhone(`${folder}/phone`);
  try {
    let { page } = phone;
    await page.goto(address);
    await importPets(page, PETS);
    await visit(page, 'train');
    await chooseShort(page);
    await expect(page.locator('[data-seconds]')).toBeVisible(LONG);
    await expect(page.locator('pp-training-plan')).toContainText(
      `Fine-tunes: ${TUNING_EPOCHS} epochs`,
    );
    await action(page, 'train').click();
    await expectDone(page);
    const whole = await storedModels(page);
    const [head] = whole;
    expect(head!.hyperparameters).toMatchObject({
      ...{ preset: 'tutorial', epochs: HEAD_EPOCHS, batchSize: 32, classWeights: 'balanced' },
      fineTuning: { epochs: TUNING_EPOCHS, fromLayer: TINY_LAYER },
    });
    expect(head!.base.inputSize).toBe(SIZE);
    const { stageSeconds, seconds } = whole.at(-1)!;
    expect(Object.keys(stageSeconds!)).toEqual(
      expect.arrayContaining(['features', 'head', 'boundaries', 'fineTuning']),
    );
    expect(Object.values(stageSeconds!).reduce((a, b) => a + b)).toBeCloseTo(seconds, 6);

    // The options are remembered.
    await page.reload();
    await expect(action(page, 'train')).toBeEnabled(LONG);
    await expect(page.locator('pp-training-plan')).toContainText('by what this phone took before');
    await action(page, 'train').click();
    await untilFineTuning(page);
    await phone.kill();

    phone = await spawnPhone(`${folder}/phone`);
    ({ page } = phone);
    await page.goto(`${appUrl}?backend=wasm#/train`);
    await expect(page.locator('[data-unfinished]')).toContainText(
      `of ${HEAD_EPOCHS + TUNING_EPOCHS}`,
      LONG,
    );
    await expect(action(page, 'resume')).toBeEnabled(LONG);
    await action(page, 'resume').click();
    await expect(page.locator('[data-unfinished]')).toHaveCount(0);
    await expectDone(page);
    await expect.poll(async () => (await storedModels(page)).length).toBe(2 * whole.length);
    const again = (await storedModels(page)).slice(whole.length);
    expect(again.map(learned)).toEqual(whole.map(learned));
  } finally {
    await phone.kill();
  }
});
