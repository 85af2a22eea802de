import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeFromFolder } from '../../scripts/bases/folder/from-folder.ts';
import { goldenOf } from '../../scripts/bases/golden.ts';
import { putBase } from '../../scripts/bases/put-base.ts';
import type { BaseIndex, BaseSpec, GoldenFeatures } from '../../src/records/base-spec.ts';
import { writeGraphModel } from '../fixtures/base-graph-model.ts';
import { hasSharedModels, SHARED_MODELS } from '../fixtures/shared-material.ts';
import { makeTinyBase, tinyBase } from '../fixtures/base-tiny.ts';

const silent = () => undefined;

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

/** A folder with a tiny LayersModel, as someone could bring it. */
async function layersModel(folder: string): Promise<string> {
  await tinyBase(folder);
  await rm(join(folder, 'tiny', 'spec.json'));
  return join(folder, 'tiny');
}

test('a folder becomes a base that says what nobody stated', async ({}, testInfo) => {
  const folder = await layersModel(testInfo.outputPath('from'));
  const out = testInfo.outputPath('bases');
  const said: string[] = [];
  const put = async () => {
    await putBase(out, await makeFromFolder(folder, {}), (line) => said.push(line));
  };
  await put();
  const spec = await readJson<BaseSpec>(join(out, 'tiny', 'spec.json'));
  expect(spec).toMatchObject({
    id: 'tiny',
    name: 'tiny',
    format: 'layers-model',
    inputSizes: [32, 224, 160],
    preprocessing: 'tf',
    inputRange: [-1, 1],
    featureLength: 32,
    layers: 40,
    parameters: 2552,
    provenance: { trainedOn: 'stated by nobody' },
    licence: { name: 'stated by nobody', holder: 'stated by nobody' },
  });
  expect(spec.files.map(({ path }) => path)).toEqual(['model.json', 'weights.bin']);
  expect(spec.golden.map(({ size }) => size)).toEqual([32, 224, 160]);

  await put();
  expect(said.at(-1)).toContain('kept');
  await appendFile(join(out, 'tiny', 'weights.bin'), 'x');
  await put();
  expect(said.at(-1)).toContain('written');
});

test('what a person states stands in the spec', async ({}, testInfo) => {
  const folder = await layersModel(testInfo.outputPath('from'));
  const { spec } = await makeFromFolder(folder, {
    id: 'mine',
    name: 'Mine',
    sizes: [32, 64],
    range: [0, 1],
    source: 'My own.',
    trainedOn: 'my photos',
    licence: 'MIT',
    holder: 'me',
  });
  expect(spec).toMatchObject({
    id: 'mine',
    name: 'Mine',
    inputSizes: [32, 64],
    inputRange: [0, 1],
    provenance: { source: 'My own.', trainedOn: 'my photos' },
    licence: { name: 'MIT', holder: 'me' },
  });
});

test('bases that are there stay, and openimages is the default', async ({}, testInfo) => {
  const out = testInfo.outputPath('bases');
  const index = () => readJson<BaseIndex>(join(out, 'index.json'));
  const base = makeTinyBase({});
  await putBase(out, base, silent);
  await putBase(out, { ...base, spec: { ...base.spec, id: 'another' } }, silent);
  expect(await index()).toEqual({ default: 'another', bases: ['another', 'tiny'] });
  await putBase(out, { ...base, spec: { ...base.spec, id: 'openimages' } }, silent);
  expect(await index()).toEqual({
    default: 'openimages',
    bases: ['openimages', 'another', 'tiny'],
  });
});

test('a GraphModel runs through the converter', async ({}, testInfo) => {
  const folder = testInfo.outputPath('graph');
  await writeGraphModel(folder);
  const base = await makeFromFolder(folder, { range: [0, 1] });
  expect(base.spec).toMatchObject({
    format: 'graph-model',
    inputSizes: [16],
    featureLength: 2,
    parameters: 6,
  });
  const {
    golden: [golden],
  } = await goldenOf(base, silent);
  // The mean of red, green and blue together, computed from the golden picture's formula.
  let sum = 0;
  let blueLessRed = 0;
  for (let y = 0; y < 16; y++) {
    for (let x = 0; x < 16; x++) {
      const value = (c: number) => ((7 * x + 13 * y + 29 * c + ((x * y) % 11)) % 256) / 255;
      sum += value(0) + value(1) + value(2);
      blueLessRed += Math.max(0, value(2) - value(0));
    }
  }
  expect(golden!.first[0]).toBeCloseTo(sum / 256, 5);
  expect(golden!.first[1]).toBeCloseTo(blueLessRed / 256, 5);
});

test('a model that cannot be a base is refused with a sentence', async ({}, testInfo) => {
  const folder = testInfo.outputPath('model');
  const model = join(folder, 'model.json');
  await expect(makeFromFolder(folder, {})).rejects.toThrow('There is no folder');
  await mkdir(folder);
  await expect(makeFromFolder(folder, {})).rejects.toThrow('model.json is missing in');
  await writeFile(model, '{');
  await expect(makeFromFolder(folder, {})).rejects.toThrow('is no JSON');
  for (const json of ['null', '7', '{"modelTopology": {}}']) {
    await writeFile(model, json);
    await expect(makeFromFolder(folder, {})).rejects.toThrow('it is no TensorFlow.js model');
  }
  const manifest = (paths: string[]) =>
    JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths, weights: [] }] });
  await writeFile(model, manifest(['../../weights.bin']));
  await expect(makeFromFolder(folder, {})).rejects.toThrow(
    'in a way that cannot be read: “../../weights.bin”',
  );
  await writeFile(model, manifest([]));
  await expect(makeFromFolder(folder, {})).rejects.toThrow('“model” cannot be built.');
});

test('weights that are missing, cut off or no numbers are refused', async ({}, testInfo) => {
  const folder = testInfo.outputPath('graph');
  await writeGraphModel(folder, new Float32Array(6).fill(NaN));
  await expect(makeFromFolder(folder, {})).rejects.toThrow('kernel of “graph” holds numbers that');
  await writeFile(join(folder, 'group1-shard2of2.bin'), 'cut');
  await expect(makeFromFolder(folder, {})).rejects.toThrow(
    'group1-shard1of2.bin, group1-shard2of2.bin: 13 bytes of weights, model.json states 24.',
  );
  await rm(join(folder, 'group1-shard2of2.bin'));
  await expect(makeFromFolder(folder, {})).rejects.toThrow('group1-shard2of2.bin is missing in');
});

test('an id that is a path or another base of ours is refused', async ({}, testInfo) => {
  const folder = testInfo.outputPath('graph');
  await writeGraphModel(folder);
  for (const id of ['../x', '', '.x', 'imagenet', 'openimages']) {
    await expect(makeFromFolder(folder, { id })).rejects.toThrow('give another with --id');
  }
});

test('the alpha 0.35 MobileNetV2 beside the repository gives its golden features', async () => {
  test.skip(!hasSharedModels, 'the shared models are not here');
  const folder = join(SHARED_MODELS, 'mobilenetv2_0.35_224');
  const base = await makeFromFolder(folder, {});
  expect(base.spec).toMatchObject({ layers: 154, parameters: 410_208, inputSizes: [224, 160] });
  const {
    golden: [golden],
  } = await goldenOf(base, silent);
  const theirs = await readJson<GoldenFeatures>(join(folder, 'golden.json'));
  expect(golden!.argmax).toBe(theirs.argmax);
  expect(golden!.l2).toBeCloseTo(theirs.l2, 3);
  for (const [i, value] of theirs.first.entries()) {
    expect(Math.abs(golden!.first[i]! - value)).toBeLessThan(1e-4);
  }
});
