import { existsSync } from 'node:fs';
import { LONG_FORM } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';
import { PeakMemory } from '../peak-memory.ts';

/** Ten minutes of 4K; the short form has one of 720p. */
const FILM = LONG_FORM
  ? { width: 3840, height: 2160, each: 75 }
  : { width: 1280, height: 720, each: 8 };
const PETS = [1, 2, 4, 8, 10, 16, 19, 25];

test.use({ ownChromium: true });

test('memory does not grow with the length of a film', async ({ page }, testInfo) => {
  test.skip(!existsSync('/proc/self/clear_refs'), 'memory is read from /proc, as Linux has it');
  await page.evaluate((film) => harness.drawLongFilm(film), { ...FILM, pets: PETS });
  await page.reload();
  await page.waitForFunction(() => 'harness' in globalThis);
  const importFilm = (framesPerFilm: number) =>
    page.evaluate(async (framesPerFilm) => {
      const folder = await navigator.storage.getDirectory();
      const film = await (await folder.getFileHandle('long.webm')).getFile();
      const { added, refused } = await harness.importFiles([film], 'cat', { framesPerFilm });
      return { added, refused, megabytes: film.size / 1e6 };
    }, framesPerFilm);
  await importFilm(1);
  const memory = await PeakMemory.of(page);
  const before = await memory.megabytes();
  const { added, refused, megabytes } = await importFilm(LONG_FORM ? 50 : 20);
  expect(refused).toEqual([]);
  expect(added).toBeGreaterThanOrEqual(PETS.length - 1);
  const grown = (await memory.megabytes()) - before;
  const description = `${Math.round(megabytes)} MB of film, ${grown} MB of memory`;
  testInfo.annotations.push({ type: 'peak memory', description });
  console.log(description);
  expect(grown).toBeLessThan(350);
});
