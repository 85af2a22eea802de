import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { drawnPets, writeCameraFile } from '../fixtures/camera-file.ts';
import { importPets } from './import-pets.ts';
import { expect, test, visit } from './phone-test.ts';

/** WCAG 2.2 at level AA, and what axe knows to be good besides. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const THEMES = ['light', 'dark'] as const;

/** Axe finds nothing, in both themes. Motion is off, so that no colour is caught half way. */
async function expectAccessible(page: Page, state: string): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help}\n${target.join(' ')}\n${failureSummary}`,
      ),
    );
    expect.soft(found, `${state}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing that scrolls up and down on purpose scrolls sideways too, as far as shadow roots go. */
async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const wide: string[] = [];
    const roots: ParentNode[] = [document];
    for (let root = roots.pop(); root; root = roots.pop()) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        const { overflowX, overflowY } = getComputedStyle(element);
        const scrolls = overflowY === 'auto' || overflowY === 'scroll' || element === document.body;
        const sideways = element.scrollWidth - element.clientWidth;
        // Rows that are meant to go on to the side.
        const isMeant = element.matches('.chips, .shutters');
        if (scrolls && !isMeant && overflowX !== 'visible' && sideways > 1) {
          wide.push(`${element.localName}.${element.className}: ${sideways} px too wide`);
        }
      }
    }
    return wide;
  });
  expect.soft(wide, state).toEqual([]);
}

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();

test('nothing to find for axe before there is anything', async ({ serve, openPhone }) => {
  const { url } = await serve();
  const page = await openPhone({ camera: 'none' });
  await page.goto(url);
  await expect(page.locator('pp-camera-gate section')).toBeVisible();
  await expectAccessible(page, 'Capture, before the camera');
  for (const place of ['photos', 'train', 'live', 'models', 'settings']) {
    await visit(page, place);
    await page.waitForTimeout(500);
    await expectAccessible(page, `${place}, empty`);
  }
});

test('nothing to find for axe with photos and a model', async ({ serve, openPhone }, info) => {
  const cameraFile = info.outputPath('cats.mjpeg');
  await writeCameraFile(cameraFile, drawnPets('cat', [31, 32, 33]));
  const { url } = await serve();
  const page = await openPhone({ cameraFile });
  await page.goto(url);
  await expect(page.locator('pp-shutter button').first()).toBeEnabled();
  await expectAccessible(page, 'Capture, live');

  await importPets(page, 12);
  await visit(page, 'photos');
  await expectAccessible(page, 'Photos');
  await page.locator('[data-photo]').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'a photo');
  await page.keyboard.press('Escape');
  await action(page, 'import').click();
  await expectAccessible(page, 'import');
  await page.keyboard.press('Escape');

  await visit(page, 'train');
  await expectAccessible(page, 'Train, ready');
  await action(page, 'options').click();
  await expectAccessible(page, 'options');
  await page.locator('pp-expert-panel summary').click();
  await page.locator('[data-option="fine-tuning"]').check();
  await page.locator('[data-number="epochs"]').fill('none');
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.locator('[data-number="epochs"]')).toBeFocused();
  await expectAccessible(page, 'options, every one, and an error');
  await page.locator('[data-option="fine-tuning"]').uncheck();
  await page.keyboard.press('Escape');
  await action(page, 'train').click();
  await page.locator('[data-result]').waitFor({ timeout: 60_000 });
  await expectAccessible(page, 'Train, done');
  await page.locator('pp-epoch-table summary').first().click();
  await page.locator('pp-under-the-hood summary').first().click();
  await expect(page.locator('pp-summary-table')).toHaveCount(2);
  await expectAccessible(page, 'under the hood');

  await action(page, 'train').click();
  await expect(action(page, 'models')).toHaveText('Models (2)', { timeout: 60_000 });
  await action(page, 'models').click();
  await expect(page.locator('[data-model]')).toHaveCount(2);
  await expectAccessible(page, 'Models');
  await action(page, 'rename').click();
  await expectAccessible(page, 'a name for a model');
  await page.keyboard.press('Escape');
  await page.locator('[data-model] h2 a').first().click();
  await page.locator('[data-cell]').first().click();
  await page.locator('[data-cell-photos]').waitFor();
  await page.locator('pp-models-page summary').first().click();
  await expectAccessible(page, 'a result');

  await visit(page, 'live');
  await page.locator('[data-answer]').waitFor({ timeout: 60_000 });
  await expectAccessible(page, 'Live, answering');
  await action(page, 'freeze').click();
  await action(page, 'heat-map').click();
  await page.waitForTimeout(500);
  await expectAccessible(page, 'Live, frozen, with its heat map');

  await visit(page, 'photos');
  await action(page, 'select').click();
  await page.locator('[data-photo]').first().click();
  await expect(action(page, 'delete-selected')).toBeVisible();
  await expectAccessible(page, 'some photos chosen');
  await page.keyboard.press('Escape');
  for (const place of ['examine', 'check']) {
    await page.evaluate((hash) => (location.hash = hash), `#/photos/${place}`);
    await page.waitForTimeout(1000);
    await expectAccessible(page, place);
  }

  await visit(page, 'settings');
  await page.waitForTimeout(500);
  await expectAccessible(page, 'Settings');
  for (const sheet of ['back-up', 'add-class', 'open-add-base']) {
    await action(page, sheet).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.waitForTimeout(500);
    await expectAccessible(page, sheet);
    await page.keyboard.press('Escape');
  }
});

test('nothing to find for axe when the camera is refused', async ({ serve, openPhone }) => {
  const { url } = await serve();
  const page = await openPhone({ camera: 'denied' });
  await page.goto(url);
  await expect(page.locator('pp-camera-gate section')).toHaveAttribute('data-state', 'failed');
  await expectAccessible(page, 'Capture, refused');
});

const READINGS = [
  { name: 'with text of twice the size', style: { fontSize: '200%' }, dir: 'ltr' },
  { name: 'from right to left', style: {}, dir: 'rtl' },
] as const;

for (const { name, style, dir } of READINGS) {
  test(`every page can be read ${name}`, async ({ serve, openPhone }, info) => {
    const cameraFile = info.outputPath('cats.mjpeg');
    await writeCameraFile(cameraFile, drawnPets('cat', [31, 32, 33]));
    const { url } = await serve();
    const page = await openPhone({ cameraFile });
    await page.goto(url);
    await importPets(page, 8);
    await visit(page, 'train');
    await action(page, 'train').click({ timeout: 60_000 });
    await page.locator('[data-result]').waitFor({ timeout: 60_000 });
    await page.evaluate(
      ({ style, dir }) => {
        Object.assign(document.documentElement.style, style);
        document.documentElement.dir = dir;
      },
      { style, dir },
    );
    for (const place of [
      'capture',
      'photos',
      'photos/examine',
      'train',
      'models',
      'live',
      'settings',
    ]) {
      await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
      await page.waitForTimeout(1000);
      await page.screenshot({ path: info.outputPath(`${place.replace('/', '-')}.png`) });
      await expectNoSidewaysScroll(page, place);
    }
  });
}
