import type { Classification } from '../../../src/records/classification.ts';
import { addTrainedSheets, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

test('a heat map comes with the answer where it is asked for, and lies where its reason is', async ({
  page,
}) => {
  await addTrainedSheets(page);
  await startEngine(page, 'bases/', 'wasm');
  const corners = [
    [0, 0],
    [200, 0],
    [0, 200],
    [200, 200],
  ];
  const answers = await page.evaluate(async (corners) => {
    const answers: Classification[][] = [];
    for (const corner of corners) {
      const sheet = harness.drawSheet(40, corner);
      const plain = await harness.classify(await createImageBitmap(sheet));
      const bitmap = await createImageBitmap(sheet);
      answers.push([plain, await harness.classify(bitmap, { heatMap: true })]);
    }
    return answers;
  }, corners);
  answers.forEach(([plain, asked], corner) => {
    expect(plain!.heatMap).toBeUndefined();
    expect(asked!.probabilities).toEqual(plain!.probabilities);
    const { width, height, values, classIndex } = asked!.heatMap!;
    expect(classIndex).toBe(1);
    expect(asked!.probabilities[1]).toBeGreaterThan(0.5);
    expect(values).toHaveLength(width * height);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    const hottest = values.indexOf(Math.max(...values));
    expect(values[hottest]).toBe(1);
    // The patch is 120 of 320 wide: its hottest cell lies on it, or beside it.
    const cell = [(hottest % width) / (width - 1), Math.floor(hottest / width) / (height - 1)];
    corners[corner]!.forEach((start, axis) => {
      expect(cell[axis]! * 320).toBeGreaterThan(start - 320 / width);
      expect(cell[axis]! * 320).toBeLessThan(start + 120 + 320 / width);
    });
  });
});

test('a picture that is asked about twice gets the mean over itself and its mirror image', async ({
  page,
}) => {
  await addTrainedSheets(page);
  await startEngine(page, 'bases/', 'wasm');
  const [both, first, second] = await page.evaluate(async () => {
    const answers: Classification[] = [];
    for (const options of [{}, { follows: true }, { follows: true }]) {
      const bitmap = await createImageBitmap(harness.drawSheet(40, [190, 30]));
      answers.push(await harness.classify(bitmap, { ...options, heatMap: true }));
    }
    return answers;
  });
  expect(first!.probabilities[1]).not.toBeCloseTo(both!.probabilities[1]!, 6);
  expect(second!.probabilities[1]).toBeCloseTo(both!.probabilities[1]!, 6);
  // The second look was at the mirror image: its map is turned back.
  const column = ({ heatMap }: Classification) =>
    heatMap!.values.indexOf(Math.max(...heatMap!.values)) % heatMap!.width;
  for (const answer of [first!, second!]) {
    expect(column(answer)).toBeGreaterThanOrEqual(Math.floor(answer.heatMap!.width / 2));
  }
});
