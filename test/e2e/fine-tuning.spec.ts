import type { Page } from '@playwright/test';
import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../long-form.ts';
import { expect, test, visit } from './phone-test.ts';
import { untilFineTuning } from './running-training.ts';

const HEAD_EPOCHS = 3;
/** Enough that the training is not over before it is paused. */
const TUNING_EPOCHS = 20;
const LONG = { timeout: 150_000 };

const trainPage = (page: Page) => page.locator('pp-train-page');
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`);

async function startTutorial(page: Page): Promise<void> {
  await visit(page, 'train');
  await expect(action(page, 'train')).toBeEnabled({ timeout: 60_000 });
  await action(page, 'options').click();
  const fineTuning = page.getByRole('switch', { name: 'Fine-tune' });
  await page.locator('[data-preset="tutorial"]').check();
  await expect(fineTuning).toBeChecked();
  const epochs = page.locator('[data-number="epochs"]');
  if (await epochs.isHidden()) await page.locator('pp-expert-panel summary').click();
  await epochs.fill(String(HEAD_EPOCHS));
  await page.locator('[data-number="tuningEpochs"]').fill(String(TUNING_EPOCHS));
  await page.getByRole('button', { name: 'Done' }).click();
  await action(page, 'train').click();
  await expect(trainPage(page)).toHaveAttribute('data-train-state', 'running');
}

/** Pauses the training in the fine-tuning. */
async function pauseInTheMiddle(page: Page): Promise<void> {
  await untilFineTuning(page, 'pause');
  await expect(page.locator('pp-running-card h2')).toHaveText(/^Paused after epoch \d+/, LONG);
}

async function expectDone(page: Page): Promise<void> {
  await expect(trainPage(page)).toHaveAttribute('data-train-state', 'done', LONG);
  await expect(page.locator('[data-result]')).toBeVisible();
}

test('a training is paused, goes on, fine-tunes and shows both models; Live shows a heat map', async ({
  appUrl,
  openPhone,
  folder,
}) => {
  const camera = `${folder}/camera.mjpeg`;
  await writeCameraFile(camera, drawnPets('dog', [101, 102, 103]));
  const page = await openPhone({ cameraFile: camera, trained: true });
  await page.goto(`${appUrl}#/train`);
  await startTutorial(page);
  await pauseInTheMiddle(page);
  const title = await page.locator('pp-running-card h2').textContent();
  // The worker answers something else meanwhile; a training that went on would be further by then.
  await visit(page, 'live');
  await expect(page.locator('[data-answer]')).toBeVisible(LONG);
  await visit(page, 'train');
  await expect(page.locator('pp-running-card h2')).toHaveText(title ?? '');
  await action(page, 'continue').click();
  await expect(action(page, 'pause')).toBeEnabled();
  await expect(page.locator('pp-running-card h2')).toHaveText(/^Fine-tuning: epoch/, LONG);
  await expect(page.locator('pp-history-card').getByText('fine-tuning').first()).toBeVisible();

  await expectDone(page);
  await action(page, 'open-result').click();
  const card = page.locator('[data-fine-tuning]');
  const validation = card.locator('[data-figure="validation"] strong');
  await expect(validation).toHaveText([/%$/, /%$/]);
  const kept = (await card.getAttribute('data-kept')) === 'true';
  const used = card.locator('[data-used="true"]');
  await expect(used).toHaveAttribute('data-side', kept ? 'tuned' : 'head');
  if (kept) {
    await action(page, 'use-model').click();
    await expect(used).toHaveAttribute('data-side', 'head');
    await page.reload();
    await expect(used).toHaveAttribute('data-side', 'head');
    await action(page, 'use-model').click();
    await expect(used).toHaveAttribute('data-side', 'tuned');
  }

  await visit(page, 'live');
  await expect(page.locator('[data-answer]')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('pp-heat-map')).toHaveCount(0);
  await action(page, 'heat-map').press('Space');
  await expect(action(page, 'heat-map')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('What speaks for “')).toBeVisible();
  expect(await mostOpaque(page)).toBeGreaterThan(100);
  const square = await page.locator('pp-viewfinder .square').boundingBox();
  const map = await page.locator('pp-heat-map canvas').boundingBox();
  expect(map).toEqual(square);
  await page
    .locator('pp-viewfinder')
    .evaluate((viewfinder: HTMLElement & { mirrored: boolean }) => (viewfinder.mirrored = true));
  await expect(page.locator('pp-heat-map')).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
  await action(page, 'heat-map').click();
  await expect(page.locator('pp-heat-map')).toHaveCount(0);
});

test('a training that a reload interrupted is discarded, or goes on and ends', async ({
  appUrl,
  openPhone,
}) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  const page = await openPhone({ trained: true });
  await page.goto(`${appUrl}#/train`);
  const unfinished = page.locator('[data-unfinished]');

  await startTutorial(page);
  await pauseInTheMiddle(page);
  await page.reload();
  await expect(unfinished).toContainText(`of ${HEAD_EPOCHS + TUNING_EPOCHS}`, { timeout: 60_000 });
  await expect(unfinished).toContainText('and your photos stay');
  await action(page, 'discard').click();
  await expect(unfinished).toHaveCount(0);
  await page.reload();
  await expect(action(page, 'train')).toBeEnabled({ timeout: 60_000 });
  await expect(unfinished).toHaveCount(0);
  await expect(page.locator('[data-result]')).toBeVisible();
  await action(page, 'open-result').click();
  await expect(page.locator('[data-fine-tuning]')).toHaveCount(0);

  await startTutorial(page);
  await pauseInTheMiddle(page);
  await page.reload();
  await expect(action(page, 'resume')).toBeEnabled({ timeout: 60_000 });
  await action(page, 'resume').click();
  await expect(page.locator('pp-running-card h2')).toHaveText(/^Fine-tuning: epoch \d/, LONG);
  await expectDone(page);
  await expect(unfinished).toHaveCount(0);
  await action(page, 'open-result').click();
  await expect(page.locator('[data-fine-tuning]')).toBeVisible();
});

/** Alpha, 0 to 255, of the heat map's most opaque pixel. */
async function mostOpaque(page: Page): Promise<number> {
  return page.locator('pp-heat-map canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let most = 0;
    for (let i = 3; i < data.length; i += 4) most = Math.max(most, data[i] ?? 0);
    return most;
  });
}
