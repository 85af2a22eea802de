import { readFile } from 'node:fs/promises';
import { LEAST_VERSIONS } from '../../scripts/build/least-versions.mjs';
import { expect, test } from './phone-test.ts';

/** Takes away what a browser below the least versions does not have yet. */
const LACKED: Readonly<Record<string, () => unknown>> = {
  'no toSorted (Safari 15, Firefox 114, Chrome 109)': () =>
    Reflect.deleteProperty(Array.prototype, 'toSorted'),
  'no DecompressionStream (Safari 16.3)': () =>
    Reflect.deleteProperty(globalThis, 'DecompressionStream'),
  'no OffscreenCanvas (Safari 16.3)': () =>
    Reflect.deleteProperty(globalThis, 'OffscreenCanvasRenderingContext2D'),
  'no color-mix() (Chrome 110)': () => {
    const supports = CSS.supports.bind(CSS);
    const lacks = (property: string, value: string) =>
      !value.includes('color-mix') && supports(property, value);
    Object.defineProperty(CSS, 'supports', { value: lacks });
  },
  'no CSS.supports at all': () => Reflect.deleteProperty(globalThis, 'CSS'),
};

for (const [name, lack] of Object.entries(LACKED)) {
  test(`a browser below the least versions gets one page, and no app: ${name}`, async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone();
    await page.addInitScript(lack);
    await page.goto(appUrl);
    const told = page.locator('body > *');
    await expect(told).toHaveCount(1);
    await expect(told.getByRole('heading')).toHaveText(/too old for Purrceptron/);
    await expect(told).toContainText('iOS or iPadOS 16.4');
    await expect(told.getByRole('link', { name: 'Open it again' })).toBeVisible();
    await expect(page.locator('pp-app')).toHaveCount(0);
    await page.waitForLoadState('networkidle');
    const workers = () => navigator.serviceWorker.getRegistrations().then(({ length }) => length);
    expect(await page.evaluate(workers)).toBe(0);
    await expect(page.locator('html')).not.toContainText('airplane');
  });
}

for (const [languages, code, direction, words] of [
  [['es-MX', 'en'], 'es', 'ltr', 'demasiado antiguo'],
  [['fr', 'ar-EG', 'en'], 'ar', 'rtl', 'قديم'],
  [['fr', 'de'], 'en', 'ltr', 'too old'],
] as const) {
  test(`that page speaks the browser's language: ${languages.join(', ')}`, async ({
    appUrl,
    openPhone,
  }) => {
    const page = await openPhone();
    await page.addInitScript(LACKED['no toSorted (Safari 15, Firefox 114, Chrome 109)']!);
    await page.addInitScript((languages) => {
      Object.defineProperty(navigator, 'languages', { value: languages });
    }, languages);
    await page.goto(appUrl);
    await expect(page.locator('html')).toHaveAttribute('lang', code);
    await expect(page.locator('html')).toHaveAttribute('dir', direction);
    await expect(page.getByRole('heading')).toContainText(words);
    for (const version of new Set(Object.values(LEAST_VERSIONS))) {
      await expect(page.locator('.old-browser')).toContainText(version);
    }
  });
}

test('what runs first is for browsers of any age', async ({ appFolder }) => {
  const html = await readFile(`${appFolder}/index.html`, 'utf8');
  const [, old, check] = /<script defer data-old="\.\/([^"]+)" src="\.\/([^"]+)">/.exec(html)!;
  expect(html.indexOf(check!)).toBeLessThan(html.indexOf('type="module"'));
  for (const name of [check!, old!]) {
    const source = await readFile(`${appFolder}/${name}`, 'utf8');
    expect(source, name).not.toMatch(/=>|`|\b(?:let|const|class|async|import)\b|\?\.|\?\?/);
  }
});
