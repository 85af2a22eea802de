import { expect, type Page } from '@playwright/test';
import { templates } from '../../src/i18n/locales/es.ts';
import { tinyBaseSpec } from '../fixtures/tiny-app.ts';

const OPEN = '⟦';
const CLOSE = '⟧';

/** What is the same in every language: names of things, units by `Intl`, what a person typed. */
const SAME = [
  /Purrceptron|English|Español|العربية|WebGPU|WebGL|WebAssembly|wasm|[CG]PU|[kMG]B\b|JPEG|\bms\b|\bpx\b/g,
  // Dates in Spanish, file names, hashes, variants of a picture as they are stored.
  /\d+ \p{L}+ \d{4}, \d+:\d+|\S+\.zip|SHA-256 \w+|plain, flip|models\/mine/gu,
];

/** What the base model says of itself. */
function saidByBase(): string[] {
  const { name, architecture, licence, provenance } = tinyBaseSpec;
  return [provenance.source, name, architecture, provenance.trainedOn, ...Object.values(licence)];
}

/** A language in which every message stands in brackets. */
function bracketed(): string {
  const messages = Object.entries(templates).map(([id, message]) => {
    if (typeof message === 'string') return [id, `${OPEN}${message}${CLOSE}`];
    const strings = message.strings.map((text, i, { length }) => {
      return (i === 0 ? OPEN : '') + text + (i === length - 1 ? CLOSE : '');
    });
    return [id, { strTag: true, strings, values: message.values }];
  });
  return `export const templates = ${JSON.stringify(Object.fromEntries(messages))};`;
}

/** Everything that is seen or heard, as far as shadow roots go, with where it stands. */
function saidOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const SPOKEN = [
      'aria-label',
      'aria-description',
      'aria-valuetext',
      'title',
      'placeholder',
      'alt',
    ];
    const said: string[] = [`title: ${document.title}`];
    const roots: (Element | ShadowRoot)[] = [document.body];
    for (let root = roots.pop(); root; root = roots.pop()) {
      const walker = document.createTreeWalker(
        root,
        NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
      );
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node instanceof Element) {
          if (node.shadowRoot) roots.push(node.shadowRoot);
          for (const name of SPOKEN) {
            const value = node.getAttribute(name);
            if (value) said.push(`${node.localName}[${name}]: ${value}`);
          }
        } else if (!/^(?:STYLE|SCRIPT|NOSCRIPT)$/.test(node.parentElement?.tagName ?? '')) {
          // What only the app without its code shows.
          if (node.parentElement?.closest('.not-started, [translate="no"]')) continue;
          if (node.nodeValue?.trim()) said.push(`: ${node.nodeValue.trim()}`);
        }
      }
    }
    return said;
  });
}

/** What of it is in no bracket; markup may have taken a message apart. */
function bare(said: string, same: readonly (string | RegExp)[]): string {
  let text = said.slice(said.indexOf(': ') + 2);
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  text = text.replace(/^[^⟦]*⟧|⟦[^⟧]*$/g, '');
  return same.reduce<string>((rest, each) => rest.replaceAll(each, ''), text);
}

/**
 * All that is seen and heard comes from the translation, on a page that `openBracketed` opened.
 *
 * @param names what was stored in English before, such as the names of classes
 */
export async function expectTranslated(
  page: Page,
  state: string,
  names: readonly RegExp[] = [],
): Promise<void> {
  const same = [...saidByBase(), ...SAME, ...names];
  const said = await saidOn(page);
  const english = said.filter((each) => /\p{L}{2,}/u.test(bare(each, same)));
  expect.soft([...new Set(english)], state).toEqual([]);
}

/** A page whose Spanish is the bracketed one, from the first word on. */
export async function openBracketed(page: Page, url: string): Promise<void> {
  await page.route(/\/assets\/es-[^/]+\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: bracketed() }),
  );
  await page.addInitScript(() => localStorage.setItem('purrceptron-language', 'es'));
  await page.goto(url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
}
