import { addDrawnPets, addSmallLibrary, expect, seeds, test } from './harness-test.ts';

test('the model judges every photo as the live view does, wrong labels among them', async ({
  page,
}) => {
  await addSmallLibrary(page);
  // Drawn dogs that somebody called cats, learned from like the rest.
  const wrong = await addDrawnPets(page, 'dog', seeds(51, 2), 'train');
  await page.evaluate((ids) => harness.photos.relabelPhotos(ids, 'cat'), wrong);
  const found = await page.evaluate(async () => {
    await harness.startEngine('bases/');
    await harness.train({ preset: 'quick' });
    const { model } = harness.status();
    const { modelId, classes, photoIds, probabilities } = await harness.predictLibrary();
    const rows = photoIds.map((id, row) => ({
      id,
      judged: [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)],
    }));
    const answered = [];
    for (const { id, judged } of rows.filter(({ judged }) => Math.max(...judged) < 0.95)) {
      const image = await harness.photos.getImage(id);
      const bitmap = await createImageBitmap(new Blob([image!.bytes], { type: image!.type }));
      answered.push({ judged, live: (await harness.classify(bitmap)).probabilities });
    }
    const isSame = modelId === model!.id;
    return { isSame, rows, answered, photos: (await harness.photos.listPhotos()).length };
  });
  expect(found.isSame).toBe(true);
  expect(found.rows).toHaveLength(found.photos);
  for (const { judged } of found.rows) {
    expect(judged.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
  }
  for (const { judged, live } of found.answered) expect(judged[0]).toBeCloseTo(live[0]!, 2);
  // Both drawn dogs look more like a dog than the cats do on the whole.
  const dogness = (id: string) => found.rows.find((row) => row.id === id)!.judged[1]!;
  const others = found.rows.map(({ judged }) => judged[1]!).sort((a, b) => a - b);
  for (const id of wrong)
    expect(dogness(id)).toBeGreaterThan(others[Math.floor(others.length / 4)]!);
});

test('photos that just arrived are waited for; a judgement can be called off', async ({ page }) => {
  await addSmallLibrary(page);
  await page.evaluate(async () => {
    await harness.startEngine('bases/');
    await harness.train({ preset: 'quick' });
  });
  const ids = await addDrawnPets(page, 'cat', seeds(61, 6), 'train');
  const judged = await page.evaluate(async () => (await harness.predictLibrary()).photoIds);
  for (const id of ids) expect(judged).toContain(id);
  await addDrawnPets(page, 'cat', seeds(71, 12), 'train');
  const kind = await page.evaluate(async () => {
    const stop = new AbortController();
    const judging = harness.predictLibrary({ signal: stop.signal });
    stop.abort();
    return judging.then(
      () => 'judged',
      (thrown: unknown) => (thrown as { kind: string }).kind,
    );
  });
  expect(kind).toBe('cancelled');
});

test('without a model there is nothing to say', async ({ page }) => {
  await addDrawnPets(page, 'cat', [1]);
  const judging = page.evaluate(async () => {
    await harness.startEngine('bases/');
    await harness.predictLibrary();
  });
  await expect(judging).rejects.toThrow('no trained model');
});
