import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { ESLint } from 'eslint';
import { GUARDED } from '../../scripts/browsers/guarded.mjs';
import { compatData, lackedBy } from '../../scripts/browsers/support.mjs';
import { cssTemplates, unsupportedCss } from '../../scripts/browsers/unsupported-css.mjs';
import { LEAST_VERSIONS } from '../../scripts/build/least-versions.mjs';

const featuresOf = (css: string) => unsupportedCss(css).map(({ feature }) => feature);

test('a style sheet: what a browser of the least version lacks is found, wherever it is written', () => {
  expect(featuresOf(':root { --ink: light-dark(#000, #fff) }')).toEqual(['light-dark()']);
  expect(featuresOf('p { color: light-dark(#000, #fff) }')).toEqual(['light-dark()']);
  expect(featuresOf('label:has(:checked) { color: red }')).toEqual([':has']);
  expect(featuresOf('.bar:dir(rtl), b { color: red }')).toEqual([':dir']);
  expect(featuresOf('p { & b { color: red } }')).toEqual(['&']);
  expect(featuresOf('@starting-style { p { opacity: 0 } }')).toEqual(['@starting-style']);
  expect(featuresOf('p { field-sizing: content }')).toContain('field-sizing');
  expect(featuresOf('p { anchor-name: --one }')).toEqual(['anchor-name']);
});

test('a style sheet: what all have passes, and so does what the browser itself decides', () => {
  const known = 'p { inset: 0; gap: 8px; color: color-mix(in srgb, red 20%, blue); width: 50dvh }';
  expect(unsupportedCss(known)).toEqual([]);
  const asked = '@supports selector(:has(a)) { label:has(:checked) { color: red } }';
  expect(unsupportedCss(asked)).toEqual([]);
});

test('a style sheet: the versions and the line are named', () => {
  const [found] = unsupportedCss('p {}\nlabel:has(a) {}');
  expect(found).toEqual({
    ...{ feature: ':has', line: 2 },
    browsers: ['firefox 121', 'firefox_android 121'],
  });
});

test('the templates css`…` of a script are found, each with its line', () => {
  const source = 'const a = 1;\nexport const b = [\n  css`p { inset: ${a}px }`,\n  css`b {}`];';
  const sheets: readonly { css: string; line: number }[] = cssTemplates(source);
  expect(sheets.map(({ line }) => line)).toEqual([3, 4]);
  expect(sheets.map(({ css }) => unsupportedCss(css))).toEqual([[], []]);
});

test('a script: what a browser of the least version lacks is found by the type of its object', async () => {
  const source = [
    'const signal = AbortSignal.any([]);',
    'export const place = document.caretPositionFromPoint(0, 0);',
    'export const sorted = [3, 1].toSorted();',
    'export const decompress = () => new DecompressionStream("deflate-raw");',
    'export const rendered = () => new Highlight();',
    'export const kept = signal.aborted;',
    'export const asked = document.body.checkVisibility?.();',
  ];
  const eslint = new ESLint();
  const [result] = await eslint.lintText(source.join('\n'), { filePath: 'src/main.ts' });
  const found = result!.messages.filter(({ ruleId }) => ruleId === 'house/least-versions');
  expect(found.map(({ line, message }) => `${line} ${message.split(' ')[0]!}`)).toEqual([
    '1 api.AbortSignal.any_static',
    '2 api.Document.caretPositionFromPoint',
    '5 api.Highlight',
  ]);
});

test('whatever is listed as asked for is lacked by a browser of the least versions', () => {
  for (const key of Object.keys(GUARDED)) {
    let feature: unknown = compatData;
    for (const name of key.split('.')) feature = (feature as Record<string, unknown>)[name];
    expect(lackedBy(feature as Parameters<typeof lackedBy>[0]), key).not.toEqual([]);
  }
});

test('the README states the least versions', async () => {
  const readme = await readFile('README.md', 'utf8');
  expect(readme).toContain(
    `iOS ${LEAST_VERSIONS.safari_ios}, Safari ${LEAST_VERSIONS.safari}, Firefox ${LEAST_VERSIONS.firefox} or Chrome ${LEAST_VERSIONS.chrome}`,
  );
});
