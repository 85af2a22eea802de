import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { kerasH5, kerasZip } from '../../fixtures/keras-file.ts';
import {
  chain,
  conv,
  keras2,
  keras3,
  modelFiles,
  plain,
  relu6,
} from '../../fixtures/keras-topology.ts';
import { zipBytes } from '../../fixtures/zip-bytes.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { classifyPet } from '../classify-drawn.ts';
import { addDrawnPets, seeds } from '../drawn-library.ts';
import { expect, test } from '../harness-test.ts';
import { choose, storedBases } from '../own-base.ts';
import { startEngine } from '../start-engine.ts';

const LAYERS = chain(
  32,
  conv('conv1', 6, { strides: [2, 2] }),
  relu6('relu1'),
  plain('GlobalAveragePooling2D', 'pool'),
  plain('Dense', 'top', { units: 2, activation: 'softmax' }),
);

/** Adds the chosen model with its classes, and makes it the one that answers. */
function addModel(page: Page, labels: readonly string[]) {
  return page.evaluate(
    ({ labels, bases }) => harness.addModel({ name: 'Came in', mode: 'tf' }, labels, bases),
    { labels, bases: TINY_BASES },
  );
}

const FORMATS: Readonly<Record<string, () => Promise<[string, Uint8Array]>>> = {
  'Teachable Machine’s zip': async () => {
    const files = Array.from(await modelFiles(keras2(LAYERS)), ([name, bytes]) => ({
      name,
      bytes,
    }));
    const metadata = { name: 'metadata.json', bytes: Buffer.from('{"labels":["Cat","Dog"]}') };
    return ['tm.zip', zipBytes([...files, metadata])];
  },
  'Keras’s .h5': async () => ['net.h5', await kerasH5(keras2(LAYERS))],
  'Keras’s .keras': async () => ['net.keras', await kerasZip(keras3(LAYERS))],
};

test('while a training runs, a classifier is refused before anything of it is stored', async ({
  page,
}, testInfo) => {
  await addDrawnPets(page, 'cat', seeds(1, 3), 'train');
  await addDrawnPets(page, 'dog', seeds(1, 3), 'train');
  await startEngine(page, TINY_BASES, 'wasm');
  const path = testInfo.outputPath('net.h5');
  await writeFile(path, await kerasH5(keras2(LAYERS)));
  await choose(page, [path]);
  const kind = await page.evaluate(async (bases) => {
    const control = new AbortController();
    const training = harness.train({ preset: 'quick' }, { signal: control.signal });
    harness.pauseTraining();
    const kind = await harness
      .addModel({ name: 'Came in', mode: 'tf' }, ['Cat', 'Dog'], bases)
      .then(
        () => 'added',
        (thrown: unknown) => (thrown as { kind: string }).kind,
      );
    control.abort();
    await training.catch(() => undefined);
    return kind;
  }, TINY_BASES);
  expect(kind).toBe('busy');
  expect(await storedBases(page)).toEqual({ files: 0, specs: [] });
  expect(await page.evaluate(() => harness.models.listModels())).toEqual([]);
});

test('a classifier answers under its labels, and learns on from its own head', async ({
  page,
}, testInfo) => {
  const answers: number[][] = [];
  for (const [what, make] of Object.entries(FORMATS)) {
    await test.step(what, async () => {
      const [name, bytes] = await make();
      const path = testInfo.outputPath(name);
      await writeFile(path, bytes);
      await choose(page, [path]);
      const found = await page.evaluate(() => harness.inspectBase());
      expect(found.classifier).toMatchObject({ classes: 2 });
      await startEngine(page, TINY_BASES, 'wasm');
      const model = await addModel(page, ['Cat', 'Dog']);
      expect(model).toMatchObject({ name: 'Came in', imported: true });
      expect(model.classes.map(({ id }) => id)).toEqual(['cat', 'dog']);
      await expect.poll(() => answering(page)).toBe(model.id);
      const { probabilities } = await classifyPet(page, 'cat', 5);
      answers.push([...probabilities]);
    });
  }
  // The same network in each format.
  for (const answer of answers.slice(1)) {
    answer.forEach((value, i) => {
      expect(value).toBeCloseTo(answers[0]![i]!, 5);
    });
  }
  const imported = await answering(page);
  // Photos of one of its classes alone would make it forget the other one.
  await addDrawnPets(page, 'cat', seeds(1, 4), 'train');
  await expectLookedAtAll(page);
  expect(await answering(page)).toBe(imported);
  await addDrawnPets(page, 'dog', seeds(1, 4), 'train');
  await expect.poll(() => answering(page)).toContain('so-far');
  expect(await page.evaluate(() => harness.status().model!.hyperparameters.startsFrom)).toBe(
    imported,
  );
});

test('beside photos that are there already, a classifier answers as it came until one is added', async ({
  page,
}, testInfo) => {
  await startEngine(page, TINY_BASES, 'wasm');
  await addDrawnPets(page, 'cat', seeds(1, 4), 'train');
  await addDrawnPets(page, 'dog', seeds(1, 4), 'train');
  await expect.poll(() => answering(page)).toContain('so-far');
  const path = testInfo.outputPath('net.keras');
  await writeFile(path, await kerasZip(keras3(LAYERS)));
  await choose(page, [path]);
  const { id } = await addModel(page, ['Cat', 'Dog']);
  await expect.poll(() => answering(page)).toBe(id);
  await expectLookedAtAll(page);
  expect(await answering(page)).toBe(id);
  expect((await classifyPet(page, 'cat', 5)).modelId).toBe(id);

  await addDrawnPets(page, 'dog', [5], 'train');
  await expect.poll(() => answering(page)).toContain('so-far');
  expect(await page.evaluate(() => harness.status().model!.hyperparameters.startsFrom)).toBe(id);
});

/** The background has seen every photo, and had time to learn from those that it would learn from. */
async function expectLookedAtAll(page: Page): Promise<void> {
  const settled = () =>
    page.evaluate(() => {
      const { phase, pendingPhotos } = harness.status();
      return phase === 'ready' && pendingPhotos === 0;
    });
  await expect.poll(settled).toBe(true);
  // It learns from no photo of the test either; once its features are there, all others' are.
  await addDrawnPets(page, 'cat', [9], 'test');
  await expect.poll(settled).toBe(true);
  await page.evaluate(() => harness.predictLibrary());
}

function answering(page: Page) {
  return page.evaluate(() => harness.status().model?.id);
}
