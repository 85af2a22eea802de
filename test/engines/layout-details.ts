import type { AppInEngine } from './app-in-engine.ts';
import { DESKTOP, LANDSCAPE, PORTRAIT } from './engine-browser.ts';
import { expect, test } from './engine-test.ts';
import { controlsOutOfReach, widerThanWindow } from './look-at-page.ts';

/** How deep the tail of “g” is in Noto Sans, a font with lines as high as any, in em. */
const TAIL = 0.24;

/**
 * Details of the look that differ from engine to engine, in an app with photos and a trained model.
 * Takes photos, and leaves the page changed.
 */
export async function expectDetails(app: AppInEngine): Promise<void> {
  const { browser } = app;
  // WebKit's quota is small in every window.
  expect
    .soft(await app.isVisible('pp-banner[data-private]'), 'a window that is not private')
    .toBe(false);
  await test.step('the last value of a curve is a round dot', async () => {
    await app.visit('train');
    await expect.poll(() => app.isVisible('.plot .dot')).toBe(true);
    for (const [width, height] of await browser.run(dotSizes)) {
      expect.soft(width).toBeGreaterThan(0);
      expect.soft(height).toBeCloseTo(width!, 1);
    }
  });
  await test.step('a long press on a photo selects no text', async () => {
    await app.visit('photos');
    await expect.poll(() => app.isVisible('[data-photo]')).toBe(true);
    expect.soft(await browser.run(gridSelection)).toBe('none');
  });
  await test.step('a photo in a wide window is as high as its dialog', async () => {
    await browser.resize(DESKTOP);
    await app.clickToShow('[data-photo]', 'pp-photo-image');
    const { dialog, picture } = await browser.run(photoHeights);
    expect.soft(picture).toBeGreaterThan(400);
    expect.soft(dialog).toBeCloseTo(picture, 0);
    await browser.run(closeDialog);
    await browser.resize(PORTRAIT);
  });
  await test.step('no folder is offered where none can be chosen', async () => {
    await app.clickToShow('[data-action="import"]', '[data-action="choose-archive"]');
    expect.soft(await app.isVisible('[data-action="choose-folder"]')).toBe(false);
    await browser.run(closeDialog);
  });
  await test.step('after a photo, the controls of Capture do not overlap', async () => {
    await app.visit('capture');
    await app.openCamera('button:has(> .ring):enabled');
    for (const size of [PORTRAIT, LANDSCAPE]) {
      await browser.resize(size);
      await app.click('button:has(> .ring)');
      await expect.poll(() => app.text('.line[role="status"]')).toContain('Undo');
      expect.soft(await browser.run(widerThanWindow)).toEqual([]);
      expect.soft(await browser.run(controlsOutOfReach)).toEqual([]);
      // Without scrolling.
      expect.soft(await browser.run(shuttersCutOff)).toEqual([]);
      expect.soft(await browser.run(roomForTails)).toBeGreaterThanOrEqual(TAIL);
    }
    await browser.resize(PORTRAIT);
  });
  await test.step('the camera picture, wider than the page, cannot be scrolled away', async () => {
    const { hidden, scrolled } = await browser.run(scrollPicture);
    expect.soft(hidden).toBeGreaterThan(0);
    expect.soft(scrolled).toBe(0);
  });
  await test.step('where the browser does not keep photos on demand, nothing advises to ask', async () => {
    await browser.run(() => {
      Object.defineProperty(navigator, 'storage', { value: undefined });
    });
    await app.visit('settings');
    await expect.poll(() => app.isVisible('dd[data-persisted]')).toBe(true);
    const words = await browser.run(storageWords);
    expect.soft(words).toContain('Installing the app helps');
    expect.soft(words).not.toMatch(/\bask/i);
  });
}

// The functions below run in the page.

function dotSizes(): number[][] {
  const plot = find('.plot .dot', true)!.parentElement!;
  return [...plot.querySelectorAll('.dot')].map((dot) => {
    const { width, height } = dot.getBoundingClientRect();
    return [width, height];
  });
}

function gridSelection(): string {
  const grid = find('[data-photo]', true)!.closest('.grid')!;
  // WebKit knows the prefixed name alone.
  return getComputedStyle(grid).getPropertyValue('-webkit-user-select');
}

function photoHeights(): { dialog: number; picture: number } {
  const picture = find('pp-photo-image', true)!;
  const heightOf = (element: Element) => element.getBoundingClientRect().height;
  return { dialog: heightOf(picture.closest('dialog')!), picture: heightOf(picture) };
}

function closeDialog(): void {
  (find('dialog[open]', true) as HTMLDialogElement).close();
}

/** Names of the shutters that do not fit into the window. */
function shuttersCutOff(): string[] {
  const shutters = find('.shutters', true)!;
  const { bottom } = shutters.getBoundingClientRect();
  return [...shutters.querySelectorAll('pp-shutter')]
    .map((shutter) => shutter.shadowRoot!.querySelector('button')!)
    .filter((button) => button.getBoundingClientRect().bottom > Math.min(bottom, innerHeight) + 0.5)
    .map(({ textContent }) => textContent.trim());
}

/** How far below its line a shutter's name is drawn before it is cut, in em of Noto Sans. */
function roomForTails(): number {
  const name = find('button:has(> .ring) > .name', true)!;
  const { fontSize, lineHeight, paddingBottom } = getComputedStyle(name);
  const [size, line, padding] = [fontSize, lineHeight, paddingBottom].map(parseFloat);
  const [ascent, descent] = [1.069, 0.293];
  return (line! / size! - ascent - descent) / 2 + descent + padding! / size!;
}

/** How much of the video lies outside of the page, and how far it can be scrolled, in CSS pixels. */
function scrollPicture(): { hidden: number; scrolled: number } {
  const viewfinder = find('pp-viewfinder', true)!;
  const video = viewfinder.shadowRoot!.querySelector('video')!;
  const widthOf = (element: Element) => element.getBoundingClientRect().width;
  viewfinder.scrollLeft = 50;
  return { hidden: widthOf(video) - widthOf(viewfinder), scrolled: viewfinder.scrollLeft };
}

function storageWords(): string {
  return find('dd[data-persisted]', true)!.getRootNode().textContent ?? '';
}
