import { expect, test } from './engine-test.ts';

// What a person's settings withhold, each in the browser that has such settings.

/** WebGL computes on the processor here. */
const LONG = { timeout: 120_000 };

test('an address that is exempt from Lockdown Mode has no WebAssembly: WebGL computes, and it is said', async ({
  engine,
  startApart,
  serve,
}, info) => {
  info.skip(engine !== 'webkit', 'Lockdown Mode is of WebKit');
  const { url } = await serve();
  const app = await startApart({ withholds: 'wasm' });
  await app.open(url, 'settings');
  expect(await app.browser.run(() => 'WebAssembly' in globalThis)).toBe(false);
  // The engine has passed its self-test then.
  await expect.poll(() => app.text('[data-no-wasm]'), LONG).toContain('So WebGL computes');
  expect(app.browser.takeErrors()).toEqual([]);
});

test('Lockdown Mode lets nothing be stored: every page says so, and nothing raw', async ({
  engine,
  startApart,
  serve,
}, info) => {
  info.skip(engine !== 'webkit', 'Lockdown Mode is of WebKit');
  const { url } = await serve();
  const app = await startApart({ withholds: 'lockdown' });
  await app.open(url, 'capture');
  expect(await app.browser.run(() => 'indexedDB' in globalThis)).toBe(false);
  for (const page of ['capture', 'photos', 'train', 'live', 'models', 'settings'] as const) {
    await app.visit(page);
    await expect.poll(() => app.isVisible('[data-withheld="site-data"]'), LONG).toBe(true);
    const words = await app.browser.run(textOf, `pp-${page}-page`);
    expect(words).not.toMatch(/Error:|Can't find variable|undefined|Ready for airplane/);
  }
  const banner = await app.browser.run(textOf, '[data-withheld]');
  expect(banner).toContain('Leave private browsing or Lockdown Mode');
});

test('canvases that give noise, as where Firefox resists fingerprinting: said on every page, and an import ends', async ({
  engine,
  startApart,
  serve,
  drawFiles,
}, info) => {
  info.skip(engine !== 'firefox', 'Firefox has this setting');
  const { url } = await serve();
  const app = await startApart({ withholds: 'canvas' });
  await app.open(url, 'photos');
  for (const page of ['photos', 'capture', 'train'] as const) {
    await app.visit(page);
    await expect.poll(() => app.isVisible('[data-withheld="canvas"]'), LONG).toBe(true);
  }
  await app.visit('photos');
  await app.click('[data-action="import"]');
  await app.click('.classes [data-class="cat"]');
  await app.browser.chooseFiles('[data-import-photos]', await drawFiles('cat', [1, 2, 3]));
  await expect.poll(() => app.isVisible('[data-import-state="done"]'), LONG).toBe(true);
  const report = await app.browser.run(textOf, '[data-import-state="done"]');
  expect(report).toContain('No photo added');
  expect(report).toContain('puts noise into pictures');
});

/** In the page: the text of an element and of what it is made of. */
function textOf(selector: string): string {
  const words = (node: Node): string =>
    node instanceof Element && ['STYLE', 'SCRIPT'].includes(node.tagName)
      ? ''
      : node.nodeType === Node.TEXT_NODE
        ? (node.textContent ?? '')
        : [...((node as Element).shadowRoot?.childNodes ?? []), ...node.childNodes]
            .map(words)
            .join(' ');
  return words(find(selector, true)!);
}
