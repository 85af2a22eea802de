import { join } from 'node:path';
import { writeGraphModel } from '../../fixtures/base-graph-model.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  keras3,
  modelFiles,
  plain,
} from '../../fixtures/keras-topology.ts';
import { harnessIsThere } from '../../harness/open-harness.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { expect, test } from '../harness-test.ts';
import {
  addBase,
  ANSWERS,
  choose,
  storedBases,
  smallModel,
  trainOnPets,
  useBase,
  writeModel,
} from '../own-base.ts';
import { startEngine } from '../start-engine.ts';

test('a LayersModel of Keras 3 with a classifier: added by files, trained on, there after a reload, removed', async ({
  page,
}, testInfo) => {
  const files = await modelFiles(keras3(classifier(32), 'tiny_net'), {
    stored: 'float16',
    shards: 2,
  });
  await choose(page, await writeModel(testInfo.outputPath('tiny_net'), files));
  const found = await page.evaluate(() => harness.inspectBase());
  expect(found).toMatchObject({
    format: 'layers-model',
    facts: {
      architecture: 'tiny_net',
      ownSize: 32,
      anySize: true,
      featureLength: 6,
      layers: 7,
      parameters: 108 + 16 + 222 + 24,
      fineTuneFrom: 'conv1',
      cutAt: 'relu2',
    },
    files: 3,
    mode: 'tf',
    inputSizes: [32, 224, 160],
  });

  await startEngine(page, TINY_BASES, 'wasm');
  const spec = await addBase(page, { name: 'My net', mode: 'torch', licence: 'MIT' });
  expect(spec).toMatchObject({
    name: 'My net',
    own: true,
    preprocessing: 'torch',
    inputSizes: [32, 224, 160],
    licence: { name: 'MIT' },
  });
  expect(spec.goldenFrom).toBeUndefined();
  // The engine that runs hears of it.
  await expect
    .poll(() => page.evaluate(() => harness.status().info!.bases.map(({ id }) => id)))
    .toEqual(['tiny', spec.id]);
  const info = await useBase(page, spec);
  expect(info).toMatchObject({ base: { id: spec.id }, inputSize: 32, baseStored: true });
  expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  const summaries = await page.evaluate(() => harness.summaries());
  expect(summaries!.base.rows.map(({ layer }) => layer)).toContain('relu2 (ReLU)');
  const model = await trainOnPets(page);
  expect(model.base.id).toBe(spec.id);

  await page.reload();
  await harnessIsThere(page);
  expect((await startEngine(page, TINY_BASES, 'wasm')).base.id).toBe(spec.id);

  // A base is still at hand when the one in use is removed.
  await page.evaluate(() => harness.useBase('tiny', 32));
  await page.evaluate(({ id, bases }) => harness.removeBase(id, bases), {
    id: spec.id,
    bases: TINY_BASES,
  });
  expect(await storedBases(page)).toEqual({ files: 0, specs: [] });
  const spaces = await page.evaluate(async () => {
    const keys = await harness.database.read(['features'], (transaction) =>
      transaction.objectStore('features').getAllKeys(),
    );
    return [...new Set(keys.map(([space]) => space.slice(0, space.indexOf('@'))))];
  });
  expect(spaces).not.toContain(spec.id);
  await expect
    .poll(() => page.evaluate(() => harness.status().info!.bases.map(({ id }) => id)))
    .toEqual(['tiny']);
});

test('a GraphModel by files is frozen only, and trains', async ({ page }, testInfo) => {
  const folder = testInfo.outputPath('graph');
  await writeGraphModel(folder);
  const names = ['model.json', 'group1-shard1of2.bin', 'group1-shard2of2.bin'];
  await choose(
    page,
    names.map((name) => join(folder, name)),
  );
  const spec = await addBase(page, { name: 'Graph', mode: '0..1' });
  expect(spec).toMatchObject({ format: 'graph-model', inputSizes: [16], featureLength: 2 });
  expect(spec.fineTuneFrom).toBeUndefined();
  await startEngine(page, TINY_BASES, 'wasm');
  await useBase(page, spec);
  const model = await trainOnPets(page);
  expect(model.base.id).toBe(spec.id);
});

test('by address: of this server, never of another', async ({ page, served }) => {
  const files = await smallModel();
  const { folder, address } = await served.makeFolder();
  await writeModel(folder, files);
  for (const each of [address.slice(0, -1), `${address}model.json`]) {
    const spec = await addBase(page, { name: 'There', mode: 'caffe' }, each);
    expect(spec).toMatchObject({ preprocessing: 'caffe', featureLength: 6 });
  }
  expect((await storedBases(page)).specs).toHaveLength(1);
  await expect(addBase(page, ANSWERS, 'https://example.com/model.json')).rejects.toThrow(
    'Download the model’s files',
  );
  await expect(addBase(page, ANSWERS, 'test-bases/nowhere')).rejects.toThrow(
    'could not be downloaded',
  );
});

for (const stored of ['uint8', 'uint16'] as const) {
  test(`weights stored as ${stored} pass the self-test`, async ({ page }, testInfo) => {
    const files = await modelFiles(keras2(classifier(32)), { stored });
    await choose(page, await writeModel(testInfo.outputPath('model'), files));
    const spec = await addBase(page);
    await startEngine(page, TINY_BASES, 'wasm');
    const info = await useBase(page, spec);
    expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  });
}

test('an input of any size is asked for', async ({ page }, testInfo) => {
  const layers = chain(null, conv('conv', 4, { strides: [2, 2] }), plain('ReLU', 'relu'));
  await choose(
    page,
    await writeModel(testInfo.outputPath('free'), await modelFiles(keras2(layers))),
  );
  const found = await page.evaluate(() => harness.inspectBase());
  expect(found.facts.ownSize).toBeUndefined();
  expect(found.inputSizes).toEqual([224, 160]);
  const spec = await addBase(page, { ...ANSWERS, inputSize: 96 });
  expect(spec.inputSizes).toEqual([96, 224, 160]);
  const again = page.evaluate(({ spec, bases }) => harness.restoreBase(spec, bases), {
    spec,
    bases: TINY_BASES,
  });
  expect(await again).toEqual(spec);
  await expect(addBase(page, { ...ANSWERS, inputSize: 4 })).rejects.toThrow('from 16 to 512');
});
