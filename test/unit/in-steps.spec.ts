import { expect, test } from '@playwright/test';
import { chosenFiles, findPictures } from '../../src/photos/import/find-pictures.ts';
import { readLayout } from '../../src/photos/import/layout/read-layout.ts';
import { remembered } from '../../src/photos/import/layout/remembered.ts';
import { atOnce, mapInSteps, withBreaks } from '../../src/platform/in-steps.ts';

test('other tasks have their turn during long work, and its result is the same', async () => {
  let turns = 0;
  const watch = setInterval(() => turns++);
  function* work() {
    // Until a timer has fired, which happens only in a break.
    while (turns < 3) yield;
    return yield* mapInSteps([1, 2, 3], (one, index) => one * index);
  }
  expect(await withBreaks(work())).toEqual([0, 2, 6]);
  clearInterval(watch);
  function* failing() {
    yield;
    throw new Error('no');
  }
  await expect(withBreaks(failing())).rejects.toThrow('no');
});

test('a listing is read in steps, and more files take more steps', () => {
  const steps = (count: number) => {
    const paths = Array.from({ length: count }, (_, i) => `set/${i % 2 ? 'cat' : 'dog'}/${i}.jpg`);
    return Array.from(
      readLayout([...paths, 'l.csv'], new Map([['l.csv', 'id,label\n0,cat\n1,dog']])),
    ).length;
  };
  expect(steps(20_000)).toBeGreaterThan(7 * steps(2_000));
});

test('what is remembered is what was found, however much is asked', () => {
  const asked: string[] = [];
  const length = remembered((text) => asked.push(text) && text.length);
  const numbers = Array.from({ length: 30_000 }, (_, i) => `${i}`);
  expect(numbers.every((number) => length(number) === number.length)).toBe(true);
  expect(length('29999')).toBe(5);
  expect(asked).toHaveLength(30_000);
  expect(length('0')).toBe(1);
  expect(asked).toHaveLength(30_001);
  expect(atOnce(mapInSteps(['a'], length))).toEqual([1]);
});

test('the sizes of photos in a folder are not asked for, which takes a while each', async () => {
  let asked = 0;
  const list = Array.from({ length: 300 }, (_, i) => {
    const file = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), String(i)], `${i}.jpg`);
    return Object.defineProperties(file, {
      webkitRelativePath: { value: `set/cat/${i}.jpg` },
      size: { get: () => ++asked },
    });
  });
  const { pictures } = await findPictures(chosenFiles(list));
  expect(pictures).toHaveLength(300);
  expect(asked).toBe(0);
});
