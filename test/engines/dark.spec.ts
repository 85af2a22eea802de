import { LANDSCAPE, PORTRAIT, type EngineBrowser } from './engine-browser.ts';
import { expect, test } from './engine-test.ts';

/** Widest scrollbar of a desktop, in CSS pixels; nothing else is so near the edge of a page or sheet. */
const SCROLLBAR = 14;

test('in the dark theme, scrollbars and the words of empty fields fit the ground', async ({
  engine,
  startApart,
  serve,
}) => {
  const { url } = await serve();
  const app = await startApart({ dark: true });
  const { browser } = app;
  await app.open(url, 'settings');
  await browser.resize(PORTRAIT);
  await expect.poll(() => app.isVisible('dd[data-persisted]')).toBe(true);
  expect.soft(await lightestAtEnd(browser, 'pp-settings-page')).toBeLessThan(200);
  await app.visit('models');
  await app.click('[data-action="open-add-model"]');
  await browser.resize(LANDSCAPE);
  expect.soft(await lightestAtEnd(browser, 'dialog[open]')).toBeLessThan(200);
  const [placeholder, quiet] = await browser.run(placeholderColours);
  // WebKit gives the field's own style here.
  if (engine !== 'webkit') expect.soft(placeholder).toBe(quiet);
});

/** The lightest colour at the right edge of what scrolls, as the mean of its channels, 0 to 255. */
async function lightestAtEnd(browser: EngineBrowser, selector: string): Promise<number> {
  const picture = (await browser.screenshot()).toString('base64');
  return browser.run(lightestIn, selector, SCROLLBAR, picture);
}

// The functions below run in the page.

async function lightestIn(selector: string, width: number, base64: string): Promise<number> {
  const { top, right, height } = find(selector, true)!.getBoundingClientRect();
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [innerWidth, innerHeight];
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0, innerWidth, innerHeight);
  const { data } = context.getImageData(right - width, top, width, height);
  let lightest = 0;
  for (let i = 0; i < data.length; i += 4) {
    lightest = Math.max(lightest, (data[i]! + data[i + 1]! + data[i + 2]!) / 3);
  }
  return lightest;
}

function placeholderColours(): string[] {
  const field = find('input[placeholder]', true)!;
  const quiet = document.createElement('p');
  quiet.style.setProperty('color', 'var(--quiet)');
  document.body.append(quiet);
  const colours = [getComputedStyle(field, '::placeholder').color, getComputedStyle(quiet).color];
  quiet.remove();
  return colours;
}
