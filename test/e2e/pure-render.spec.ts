import type { Page } from '@playwright/test';
import { expect, test, visit } from './phone-test.ts';

const PLACES = ['capture', 'photos', 'photos/examine', 'train', 'models', 'live', 'settings'];

/** While an element renders, what it reads of the layout or of the clock is written down. */
async function watchRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = { element: '', reads: [] as string[] };
    Object.assign(globalThis, { watched });
    const note = (name: string) => {
      if (watched.element) watched.reads.push(`${watched.element}: ${name}`);
    };
    const watchGetter = (prototype: object, name: string) => {
      const described = Object.getOwnPropertyDescriptor(prototype, name)!;
      Object.defineProperty(prototype, name, {
        ...described,
        get(this: unknown): unknown {
          note(name);
          return described.get!.call(this);
        },
      });
    };
    const watchMethod = (holder: object, name: string) => {
      const method = Reflect.get(holder, name) as (...args: unknown[]) => unknown;
      Reflect.set(holder, name, function (this: unknown, ...args: unknown[]) {
        note(name);
        return method.apply(this, args);
      });
    };
    for (const name of ['clientWidth', 'clientHeight', 'scrollTop', 'scrollHeight'])
      watchGetter(Element.prototype, name);
    for (const name of ['offsetWidth', 'offsetHeight', 'offsetTop'])
      watchGetter(HTMLElement.prototype, name);
    watchMethod(Element.prototype, 'getBoundingClientRect');
    watchMethod(IDBFactory.prototype, 'open');
    watchMethod(IDBDatabase.prototype, 'transaction');
    watchMethod(performance, 'now');
  });
}

/** Has every element of the page render once more, and gives their names and what they read. */
function renderAll(page: Page): Promise<{ elements: string[]; reads: string[] }> {
  return page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: { element: string; reads: string[] } };
    const elements: string[] = [];
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName.startsWith('pp-') && 'render' in element) {
          elements.push(element.localName);
          watched.element = element.localName;
          (element as unknown as { render: () => unknown }).render();
          watched.element = '';
        }
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return { elements, reads: [...new Set(watched.reads.splice(0))] };
  });
}

test('what an element renders depends on its properties alone: no layout, clock or database is read', async ({
  appUrl,
  openPhone,
}) => {
  const page = await openPhone({ trained: true });
  await watchRenders(page);
  await page.goto(appUrl);
  const seen = new Set<string>();
  const reads: string[] = [];
  for (const place of PLACES) {
    if (place === 'photos/examine') await page.evaluate(() => (location.hash = '#/photos/examine'));
    else await visit(page, place);
    if (place === 'live') await expect(page.locator('[data-answer]')).toBeVisible();
    if (place === 'photos') await expect(page.locator('[data-photo]').first()).toBeVisible();
    const rendered = await renderAll(page);
    for (const name of rendered.elements) seen.add(name);
    reads.push(...rendered.reads);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['pp-photo-grid', 'pp-answer-sheet']));
  expect(reads).toEqual([]);
  // It would have been written down.
  const probed = await page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: { element: string; reads: string[] } };
    watched.element = 'probe';
    document.body.getBoundingClientRect();
    return watched.reads;
  });
  expect(probed).toEqual(['probe: getBoundingClientRect']);
});
