import { existsSync } from 'node:fs';
import { backupOf, blackPng, HUGE_GIF } from '../../fixtures/hostile-files.ts';
import { zipBytes } from '../../fixtures/zip-bytes.ts';
import { LONG_FORM } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';
import { PeakMemory } from '../peak-memory.ts';
import { addWhatCanBeLost, expectRefused, type Hostile } from '../ways-in.ts';

test.use({ ownChromium: true });

const text = (words: string) => Buffer.from(words);
const zip = (name: string, bytes: Uint8Array, lie = {}) => zipBytes([{ name, bytes, ...lie }]);
const zeros = (megabytes: number) => Buffer.alloc(megabytes * 1e6);

/** Files that are small and would take much memory; `npm run test:long` tries those of LONG_BOMBS too. */
const BOMBS: readonly Hostile[] = [
  { door: 'photos', what: 'a PNG', files: () => ({ 'bomb.png': blackPng(16_000, 16_000) }) },
  { door: 'photos', what: 'a GIF', files: () => ({ 'bomb.gif': HUGE_GIF }) },
  {
    door: 'photos',
    what: 'a zip that says it is small',
    files: () => ({ 'bomb.zip': zip('cat/bomb.jpg', zeros(200), { size: 1_500_000 }) }),
  },
  {
    door: 'photos',
    what: 'the manifest of a project',
    files: () => ({ 'deep.tm': zip('manifest.json', text('['.repeat(900_000)), { stored: true }) }),
  },
  { door: 'base', what: 'JSON', files: () => ({ 'model.json': text('['.repeat(7_900_000)) }) },
  {
    door: 'backup',
    what: 'a table of brackets within brackets',
    files: () => ({ 'deep.zip': backupOf('['.repeat(20_000_000)) }),
  },
];

const LONG_BOMBS: readonly Hostile[] = [
  { door: 'photos', what: 'a zip', files: () => ({ 'bomb.zip': zip('cat/bomb.jpg', zeros(200)) }) },
  {
    door: 'backup',
    what: 'a table of brackets beside brackets',
    files: () => ({ 'wide.zip': backupOf(`[${'[],'.repeat(2_000_000)}0]`) }),
  },
  {
    door: 'backup',
    what: 'a list without end',
    files: () => {
      const more = Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}`, bytes: text('') }));
      return { 'long.zip': backupOf('{}', more) };
    },
  },
];

test('what is small and would grow is refused within 600 MB, and leaves all as it was', async ({
  page,
}, testInfo) => {
  test.skip(!existsSync('/proc/self/clear_refs'), 'memory is read from /proc, as Linux has it');
  await addWhatCanBeLost(page, testInfo.outputPath('good'));
  const bombs = LONG_FORM ? [...BOMBS, ...LONG_BOMBS] : BOMBS;
  const memory = await PeakMemory.of(page);
  await expectRefused(page, bombs, testInfo.outputPath('bombs'));
  const peak = await memory.megabytes();
  testInfo.annotations.push({ type: 'peak memory', description: `${peak} MB` });
  console.log(`Peak memory of the page with all bombs: ${peak} MB`);
  expect(peak).toBeLessThan(600);
});
