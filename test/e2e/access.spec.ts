import type { Page } from '@playwright/test';
import { expectAccessible, expectLargeTargets, expectNoSidewaysScroll } from './accessible.ts';
import { emptyStates, everyState, untrainedStates, type State } from './every-state.ts';
import { importPets } from './import-pets.ts';
import { expect, speak, test } from './phone-test.ts';
import { expectTranslated, openBracketed } from './translated.ts';

/** A limit for each state, so that no walk shares one; it bounds failures and measures nothing. */
const STATE = { timeout: 120_000 };

test.describe.configure({ mode: 'parallel' });

/** Reaches the states one after the other, and looks at each. */
async function walk(
  page: Page,
  states: readonly State[],
  look: (state: string) => Promise<void>,
): Promise<void> {
  test.setTimeout(STATE.timeout * (states.length + 1));
  for (const { name, reach } of states) {
    await test.step(
      name,
      async () => {
        await reach(page);
        await look(name);
      },
      STATE,
    );
  }
}

test('before there is anything: axe finds nothing, and all of it is translated', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ camera: 'none' });
  await openBracketed(page, appUrl);
  await walk(page, emptyStates, async (state) => {
    await expectTranslated(page, state);
    await expectAccessible(page, state);
  });
});

/** The trained library has an English past. */
const STORED_NAMES = [/\b(?:Cat|Dog|Model [12])\b/gi];

/** What is looked at in every state with photos. */
async function lookAtAll(page: Page, state: string, names: readonly RegExp[] = []): Promise<void> {
  await expectTranslated(page, state, names);
  await expectLargeTargets(page, state);
  await expectAccessible(page, state);
}

test('photos before the first training: axe finds nothing, targets are large, and all of it is translated', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await openBracketed(page, `${appUrl}#/photos`);
  await importPets(page, 5);
  await walk(page, untrainedStates, (state) => lookAtAll(page, state));
});

for (const { part, states } of everyState)
  test(`${part} with photos and models: axe finds nothing, targets are large, and all of it is translated`, async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone({ trained: true });
    await openBracketed(page, `${appUrl}#/settings`);
    await walk(page, states, (state) => lookAtAll(page, state, STORED_NAMES));
  });

test('axe finds nothing when the camera is refused', async ({ appUrl, openPhone }) => {
  const page = await openPhone({ camera: 'denied' });
  await page.goto(appUrl);
  await expect(page.locator('pp-camera-gate section')).toHaveAttribute('data-state', 'failed');
  await expectAccessible(page, 'Capture, refused');
});

/** Places of the app, and what says that a place has all that it shows. */
const PLACES = {
  capture: 'pp-shutter button:enabled',
  photos: '[data-photo] img',
  'photos/examine': '[data-example] img',
  train: '[data-result]',
  models: '[data-model]',
  live: '[data-answer]',
  settings: 'pp-storage-section dd[data-persisted]',
} as const;

for (const { reading, language, fontSize } of [
  { reading: 'with text of twice the size', language: 'en', fontSize: '200%' },
  { reading: 'from right to left', language: 'ar', fontSize: '100%' },
])
  test(`every page can be read ${reading}`, async ({ appUrl, openPhone }) => {
    const page = await openPhone({ trained: true });
    await page.goto(`${appUrl}#/settings`);
    await speak(page, language);
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), fontSize);
    const states = Object.entries(PLACES).map(([place, ready]) => ({
      name: place,
      reach: async () => {
        await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
        await expect(page.locator(ready).first()).toBeVisible();
      },
    }));
    await walk(page, states, (place) => expectNoSidewaysScroll(page, `${language}, ${place}`));
  });
