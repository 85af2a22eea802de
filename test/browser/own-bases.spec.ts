import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import { writeGraphModel } from '../fixtures/base-graph-model.ts';
import { tinyBase } from '../fixtures/base-tiny.ts';
import {
  chain,
  classifier,
  conv,
  keras2,
  keras3,
  modelFiles,
  plain,
  type FilesOptions,
} from '../fixtures/keras-topology.ts';
import { hasSharedModels, SHARED_MODELS } from '../fixtures/shared-material.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { addDrawnPets, expect, seeds, test } from './harness-test.ts';
import type { BaseAnswers } from '../../src/records/base-inspection.ts';

/** The app's own default base, beside which the person's own are kept. */
const BASES = 'test-bases/own/';

test.beforeAll(async () => {
  await tinyBase(join(HARNESS_FOLDER, BASES));
});

async function write(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const paths: string[] = [];
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    paths.push(file);
  }
  return paths;
}

async function choose(page: Page, files: readonly string[]): Promise<void> {
  await page.locator('input').setInputFiles([...files]);
}

const ANSWERS: BaseAnswers = { name: 'Mine', mode: 'tf' };

function add(page: Page, answers = ANSWERS, url?: string): Promise<BaseSpec> {
  return page.evaluate(({ answers, bases, url }) => harness.addBase(answers, bases, url), {
    answers,
    bases: BASES,
    url,
  });
}

function start(page: Page) {
  return page.evaluate((bases) => harness.startEngine(bases, 'wasm'), BASES);
}

function use(page: Page, { id, inputSizes }: BaseSpec) {
  return page.evaluate(({ id, size }) => harness.useBase(id, size), { id, size: inputSizes[0]! });
}

/** All that is kept of own bases. */
function kept(page: Page) {
  return page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    const urls = (await cache.keys())
      .map(({ url }) => url)
      .filter((url) => url.includes('/own/own-'));
    const specs = (await harness.settings.getSetting('ownBases')) ?? [];
    return { files: urls.length, specs: specs.map(({ id }) => id) };
  });
}

async function train(page: Page) {
  for (const kind of ['cat', 'dog'] as const) {
    await addDrawnPets(page, kind, seeds(1, 4), 'train');
    await addDrawnPets(page, kind, seeds(11, 2), 'validation');
    await addDrawnPets(page, kind, seeds(21, 2), 'test');
  }
  return page.evaluate(() => harness.train({ preset: 'quick', seed: 1 }));
}

test('a LayersModel of Keras 3 with a classifier: added by files, trained on, there after a reload, removed', async ({
  page,
}, testInfo) => {
  const files = await modelFiles(keras3(classifier(32), 'tiny_net'), {
    stored: 'float16',
    shards: 2,
  });
  await choose(page, await write(testInfo.outputPath('tiny_net'), files));
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

  await start(page);
  const spec = await add(page, { name: 'My net', mode: 'torch', licence: 'MIT' });
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
  const info = await use(page, spec);
  expect(info).toMatchObject({ base: { id: spec.id }, inputSize: 32, baseStored: true });
  expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  const summaries = await page.evaluate(() => harness.summaries());
  expect(summaries!.base.rows.map(({ layer }) => layer)).toContain('relu2 (ReLU)');
  const model = await train(page);
  expect(model.base.id).toBe(spec.id);

  await page.reload();
  await page.waitForFunction(() => 'harness' in globalThis);
  expect((await start(page)).base.id).toBe(spec.id);

  // A base is still at hand when the one in use is removed.
  await page.evaluate(() => harness.useBase('tiny', 32));
  await page.evaluate(({ id, bases }) => harness.removeBase(id, bases), {
    id: spec.id,
    bases: BASES,
  });
  expect(await kept(page)).toEqual({ files: 0, specs: [] });
  const sthroughputs = await page.evaluate(async () => {
    const keys = await harness.database.read(['features'], (transaction) =>
      transaction.objectStore('features').getAllKeys(),
    );
    return [...new Set(keys.map(([space]) => space.slice(0, space.indexOf('@'))))];
  });
  expect(sthroughputs).not.toContain(spec.id);
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
  const spec = await add(page, { name: 'Graph', mode: '0..1' });
  expect(spec).toMatchObject({ format: 'graph-model', inputSizes: [16], featureLength: 2 });
  expect(spec.fineTuneFrom).toBeUndefined();
  await start(page);
  await use(page, spec);
  const model = await train(page);
  expect(model.base.id).toBe(spec.id);
});

test('by address: of this server, never of another', async ({ page }) => {
  const files = await modelFiles(keras2(classifier(32)));
  await write(join(HARNESS_FOLDER, 'test-bases/by-address'), files);
  for (const address of ['test-bases/by-address', 'test-bases/by-address/model.json']) {
    const spec = await add(page, { name: 'There', mode: 'caffe' }, address);
    expect(spec).toMatchObject({ preprocessing: 'caffe', featureLength: 6 });
  }
  expect((await kept(page)).specs).toHaveLength(1);
  await expect(add(page, ANSWERS, 'https://example.com/model.json')).rejects.toThrow(
    'Download the model’s files',
  );
  await expect(add(page, ANSWERS, 'test-bases/nowhere')).rejects.toThrow('could not be downloaded');
});

for (const stored of ['uint8', 'uint16'] as const) {
  test(`weights stored as ${stored} pass the self-test`, async ({ page }, testInfo) => {
    const files = await modelFiles(keras2(classifier(32)), { stored });
    await choose(page, await write(testInfo.outputPath('model'), files));
    const spec = await add(page);
    await start(page);
    const info = await use(page, spec);
    expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  });
}

test('a base of one’s own that is damaged gives way to the default one, and is mended by adding it again', async ({
  page,
}, testInfo) => {
  const paths = await write(testInfo.outputPath('model'), await modelFiles(keras2(classifier(32))));
  await choose(page, paths);
  const spec = await add(page);
  await start(page);
  await use(page, spec);
  await page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    for (const key of await cache.keys()) {
      if (key.url.includes('/own/own-')) await cache.put(key, new Response('rotten'));
    }
  });
  const info = await start(page);
  expect(info.base.id).toBe('tiny');
  expect(info.baseProblem?.message).toContain('“Mine” is damaged or gone');
  await expect(use(page, spec)).rejects.toThrow('Remove it in Settings and add it again');
  await choose(page, paths);
  await add(page);
  expect((await use(page, spec)).base.id).toBe(spec.id);
});

/** Changes what is stored of own bases, as if it had been so from the beginning. */
function editSpecs(page: Page, id: string) {
  return page.evaluate(async (id) => {
    const specs = (await harness.settings.getSetting('ownBases'))!;
    await harness.settings.saveSettings({
      ownBases: specs.map((spec) =>
        spec.id === id
          ? { ...spec, golden: spec.golden.map((golden) => ({ ...golden, l2: golden.l2 + 1 })) }
          : spec,
      ),
    });
  }, id);
}

test('a base of one’s own that fails its self-test gives way too; removing another changes nothing', async ({
  page,
}, testInfo) => {
  await choose(page, await write(testInfo.outputPath('model'), await made()));
  const spec = await add(page);
  const other = await add(page, { name: 'Another', mode: 'caffe' });
  await start(page);
  await use(page, spec);
  await editSpecs(page, spec.id);
  const info = await start(page);
  expect(info).toMatchObject({ base: { id: 'tiny' }, backend: 'wasm' });
  expect(info.baseProblem).toMatchObject({ kind: 'base', detail: expect.stringContaining('wasm') });
  expect(info.baseProblem!.message).toContain('“Mine” does not work here any more');
  const chosen = () => page.evaluate(() => harness.settings.getSetting('baseId'));
  const told = () => page.evaluate(() => harness.status().info!.baseProblem?.message);
  const remove = (id: string) =>
    page.evaluate(({ id, bases }) => harness.removeBase(id, bases), { id, bases: BASES });
  const listed = () => page.evaluate(() => harness.status().info!.bases.map(({ id }) => id));

  await remove(other.id);
  await expect.poll(listed).toEqual(['tiny', spec.id]);
  expect(await chosen()).toBe(spec.id);
  expect(await told()).toContain('“Mine”');
  // Once it is gone itself, nobody misses it.
  await remove(spec.id);
  await expect.poll(listed).toEqual(['tiny']);
  expect(await chosen()).toBeUndefined();
  expect(await told()).toBeUndefined();
  expect(await kept(page)).toEqual({ files: 0, specs: [] });
});

test('without room, adding a base again leaves the one that is there; a new one leaves nothing', async ({
  page,
}, testInfo) => {
  const paths = await write(testInfo.outputPath('model'), await made());
  await choose(page, paths);
  const spec = await add(page);
  const before = await kept(page);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const noRoom = 'There is no room';
  await expect(add(page)).rejects.toThrow(noRoom);
  await expect(add(page, { name: 'New', mode: 'caffe' })).rejects.toThrow(noRoom);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  expect(await kept(page)).toEqual(before);
  await start(page);
  expect((await use(page, spec)).base.id).toBe(spec.id);
});

test('files without a base are swept: after an adding that was cancelled, and at the start', async ({
  page,
}, testInfo) => {
  await choose(page, await write(testInfo.outputPath('model'), await made()));
  await add(page);
  const before = await kept(page);
  // As an adding leaves them that is ended between its files and its spec.
  const strand = () =>
    page.evaluate(async (bases) => {
      const cache = await caches.open('purrceptron-bases');
      const address = new URL(`${bases}own/own-stranded/weights.bin`, document.baseURI);
      await cache.put(address, new Response('half a base'));
    }, BASES);
  await strand();
  expect((await kept(page)).files).toBe(before.files + 1);
  const kind = await page.evaluate(
    ({ bases }) => {
      const control = new AbortController();
      return harness
        .addBase({ name: 'Never', mode: 'caffe' }, bases, undefined, {
          signal: control.signal,
          onProgress: () => {
            control.abort();
          },
        })
        .then(
          () => 'added',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        );
    },
    { bases: BASES },
  );
  expect(kind).toBe('cancelled');
  await expect.poll(() => kept(page)).toEqual(before);
  await strand();
  await start(page);
  await expect.poll(() => kept(page)).toEqual(before);
});

const topology = (...layers: Parameters<typeof chain>[1][]) => keras2(chain(32, ...layers));

const REFUSED: Readonly<
  Record<string, { model: () => Promise<Map<string, Uint8Array>>; says: string }>
> = {
  'weights that are no numbers': {
    model: () =>
      made({
        edit: (name, values) => {
          if (name === 'conv1/kernel') values[3] = NaN;
        },
      }),
    says: 'conv1/kernel of “Mine” holds numbers that are not finite',
  },
  'weights that are cut off': {
    model: async () => changed(await made(), (bytes) => bytes.subarray(4)),
    says: 'bytes of weights, model.json states',
  },
  'bytes behind the weights': {
    model: async () => changed(await made(), (bytes) => Buffer.concat([bytes, Buffer.alloc(4)])),
    says: 'bytes of weights, model.json states',
  },
  'a weight that is missing': {
    model: async () => {
      const files = await made();
      const json = new TextDecoder().decode(files.get('model.json'));
      return files.set(
        'model.json',
        new TextEncoder().encode(json.replace('conv1/kernel', 'other')),
      );
    },
    says: 'cannot be built',
  },
  'a picture of one channel': {
    model: () => {
      const layers = [
        { name: 'input', kind: 'InputLayer', config: { batch_input_shape: [null, 32, 32, 1] } },
        conv('conv', 4),
      ];
      return modelFiles(keras2(layers));
    },
    says: 'takes [any, 32, 32, 1], not [batch, size, size, 3]',
  },
  'a layer that nobody knows': {
    model: async () => {
      const files = await modelFiles(topology(conv('conv', 4)));
      const json = new TextDecoder().decode(files.get('model.json'));
      return files.set(
        'model.json',
        new TextEncoder().encode(json.replace('"Conv2D"', '"Mystery"')),
      );
    },
    says: 'cannot be built',
  },
  'more features than there can be': {
    model: () => modelFiles(topology(conv('conv', 5000, { kernel_size: [1, 1] }))),
    says: 'gives 5000 features; the app takes up to 4096',
  },
  'no model.json': {
    model: async () => {
      const files = await made();
      files.delete('model.json');
      return files;
    },
    says: 'There is no model.json among these files',
  },
  'a file that is missing': {
    model: async () => {
      const files = await made({ shards: 2 });
      files.delete('group1-shard2of2.bin');
      return files;
    },
    says: 'group1-shard2of2.bin is missing',
  },
  'JSON that is nested without end': {
    model: () => Promise.resolve(new Map([['model.json', Buffer.from('['.repeat(100_000))]])),
    says: 'nested deeper',
  },
  'a prototype': {
    model: () => Promise.resolve(new Map([['model.json', Buffer.from('{"__proto__": {}}')]])),
    says: 'a name that no model has',
  },
  'too many parameters': {
    model: () => {
      const weights = [{ name: 'w', shape: [1000, 40_000], dtype: 'float32' }];
      const json = { modelTopology: {}, weightsManifest: [{ paths: ['w.bin'], weights }] };
      return Promise.resolve(new Map([['model.json', Buffer.from(JSON.stringify(json))]]));
    },
    says: 'has 40 million parameters; the app takes up to 30',
  },
};

function made(options: FilesOptions = {}): Promise<Map<string, Uint8Array>> {
  return modelFiles(keras2(classifier(32)), options);
}

function changed(files: Map<string, Uint8Array>, edit: (bytes: Uint8Array) => Uint8Array) {
  for (const [path, bytes] of files) if (path.endsWith('.bin')) files.set(path, edit(bytes));
  return files;
}

test('what cannot be a base is refused, and what is kept stays as it was', async ({
  page,
}, testInfo) => {
  await choose(page, await write(testInfo.outputPath('good'), await made()));
  await add(page);
  const before = await kept(page);
  expect(before).toMatchObject({ files: 2, specs: [expect.any(String)] });
  for (const [what, { model, says }] of Object.entries(REFUSED)) {
    await test.step(what, async () => {
      const folder = testInfo.outputPath(what.replaceAll(' ', '-'));
      await choose(page, await write(folder, await model()));
      await expect(add(page)).rejects.toThrow(says);
      expect(await kept(page)).toEqual(before);
    });
  }
});

test('a base out of a backup is checked as one that is added, and must compute what it did', async ({
  page,
}, testInfo) => {
  const restore = (kept: BaseSpec) =>
    page.evaluate(({ kept, bases }) => harness.restoreBase(kept, bases), { kept, bases: BASES });
  await choose(page, await write(testInfo.outputPath('model'), await made()));
  const spec = await add(page, { name: 'Mine', mode: 'caffe', licence: 'MIT' });
  await page.evaluate(({ id, bases }) => harness.removeBase(id, bases), {
    id: spec.id,
    bases: BASES,
  });
  const golden = spec.golden.map((each) => ({ ...each, l2: each.l2 + 1, tolerance: 100 }));
  const notIt = '“Mine” does not compute what it did before';
  await expect(restore({ ...spec, golden })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, golden: [] })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, inputRange: [0, 7] })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, id: 'own-0123456789abcdef' })).rejects.toThrow(notIt);
  expect(await kept(page)).toEqual({ files: 0, specs: [] });
  expect(await restore(spec)).toEqual(spec);
  expect(await kept(page)).toEqual({ files: 2, specs: [spec.id] });
});

test('an input of any size is asked for', async ({ page }, testInfo) => {
  const layers = chain(null, conv('conv', 4, { strides: [2, 2] }), plain('ReLU', 'relu'));
  await choose(page, await write(testInfo.outputPath('free'), await modelFiles(keras2(layers))));
  const found = await page.evaluate(() => harness.inspectBase());
  expect(found.facts.ownSize).toBeUndefined();
  expect(found.inputSizes).toEqual([224, 160]);
  const spec = await add(page, { ...ANSWERS, inputSize: 96 });
  expect(spec.inputSizes).toEqual([96, 224, 160]);
  const again = page.evaluate(({ spec, bases }) => harness.restoreBase(spec, bases), {
    spec,
    bases: BASES,
  });
  expect(await again).toEqual(spec);
  await expect(add(page, { ...ANSWERS, inputSize: 4 })).rejects.toThrow('from 16 to 512');
});

for (const name of ['mobilenetv2_1.00_160', 'mobilenetv2_0.35_224']) {
  test(`${name} by files: 154 layers, the tutorial's own or like it`, async ({ page }) => {
    test.skip(!hasSharedModels, 'the reference models are not beside the repository');
    test.setTimeout(180_000);
    const folder = join(SHARED_MODELS, name);
    await choose(
      page,
      ['model.json', 'weights.bin'].map((file) => join(folder, file)),
    );
    const spec = await add(page, { name, mode: 'tf' });
    expect(spec).toMatchObject({ layers: 154, fineTuneFrom: 'Conv1', featureLength: 1280 });
    await start(page);
    const info = await use(page, spec);
    expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  });
}

test.afterAll(() => rm(join(HARNESS_FOLDER, 'test-bases'), { recursive: true, force: true }));
