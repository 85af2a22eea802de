import { addDrawnPets, addTrainedLibrary, expect, seeds, test } from '../harness-test.ts';

test('a photo that is not learned is predicted as live; a learned one by a head that did not', async ({
  page,
}) => {
  await addTrainedLibrary(page);
  // Drawn dogs that somebody called cats, learned from like the rest.
  const wrong = await addDrawnPets(page, 'dog', seeds(51, 2), 'train');
  await page.evaluate((ids) => harness.photos.relabelPhotos(ids, 'cat'), wrong);
  const found = await page.evaluate(async () => {
    await harness.startEngine('bases/', 'wasm');
    // The base itself is undecided about one of these drawn dogs.
    await harness.train({ preset: 'quick', prior: false });
    const before = harness.status().model!.id;
    const { train } = harness.status().model!.photoIds;
    const { modelId, classes, photoIds, probabilities } = await harness.predictLibrary();
    const rows = photoIds.map((id, row) => ({
      id,
      predicted: [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)],
    }));
    const answered = [];
    for (const { id, predicted } of rows.filter(({ id }) => !train.includes(id))) {
      if (Math.max(...predicted) >= 0.95) continue;
      const image = await harness.photos.getImage(id);
      const bitmap = await createImageBitmap(new Blob([image!.bytes], { type: image!.type }));
      answered.push({ predicted, live: (await harness.classify(bitmap)).probabilities });
    }
    // The background may have learned from the new labels meanwhile.
    const isSame = [before, harness.status().model!.id].includes(modelId);
    return { isSame, rows, answered, photos: (await harness.photos.listPhotos()).length };
  });
  expect(found.isSame).toBe(true);
  expect(found.rows).toHaveLength(found.photos);
  for (const { predicted } of found.rows) {
    expect(predicted.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
  }
  for (const { predicted, live } of found.answered) expect(predicted[0]).toBeCloseTo(live[0]!, 2);
  // The model was taught that these dogs are cats; the heads without them say otherwise.
  const dogness = (id: string) => found.rows.find((row) => row.id === id)!.predicted[1]!;
  for (const id of wrong) expect(dogness(id)).toBeGreaterThan(0.5);
});
