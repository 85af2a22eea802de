import type { Page } from '@playwright/test';
import { expect, test, visit } from './phone-test.ts';

/** Playback rate at which a fade of 0.12 s takes 12 s: time to look and to tap on a busy machine. */
const SLOWLY = 0.01;

/** Has every animation of the page run slowly, from now on. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Animation.enable');
  await session.send('Animation.setPlaybackRate', { playbackRate: SLOWLY });
}

/** The parts of the view transition that runs, without repetition. */
const fading = (page: Page) =>
  page.evaluate(() => {
    const parts = document
      .getAnimations()
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.pseudoElement : null))
      .filter((part) => part?.startsWith('::view-transition'));
    return [...new Set(parts)].sort();
  });

test('a page fades into the next, and the tab bar takes the next tap meanwhile', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto(appUrl);
  await expect(page.locator('pp-capture-page')).toBeVisible();
  await slowDown(page);
  await page.getByRole('link', { name: 'Photos' }).click();
  await expect.poll(() => fading(page)).toContain('::view-transition-new(page)');
  expect(await fading(page)).toEqual([
    '::view-transition-group(page)',
    '::view-transition-new(page)',
    '::view-transition-old(page)',
  ]);
  // The new page has the focus before it has faded in.
  await expect(page.getByRole('heading', { name: 'Photos', level: 1 })).toBeFocused();
  await page.getByRole('link', { name: 'Train' }).click();
  await expect(page.getByRole('heading', { name: 'Train', level: 1 })).toBeFocused();
  await expect(page.locator('pp-photos-page')).toHaveCount(0);
  await expect.poll(() => fading(page)).not.toEqual([]);
});

test('who wants less motion has none of it', async ({ appUrl, openPhone }) => {
  const page = await openPhone();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(appUrl);
  await expect(page.locator('pp-capture-page')).toBeVisible();
  await slowDown(page);
  await visit(page, 'photos');
  expect(await fading(page)).toEqual([]);
});
