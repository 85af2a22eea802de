import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeImageNet } from '../../scripts/bases/imagenet/imagenet.ts';
import { readKerasWeights } from '../../scripts/bases/imagenet/keras-h5.ts';
import { matchWeights } from '../../scripts/bases/imagenet/match-weights.ts';
import { putBase } from '../../scripts/bases/put-base.ts';
import type { BaseIndex, BaseSpec } from '../../src/records/base-spec.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { serveFile } from '../fixtures/base-file-server.ts';
import { writeKerasH5 } from '../fixtures/base-h5.ts';
import { randomWeights } from '../fixtures/base-random-weights.ts';

const network = mobileNetV2();
const weights = randomWeights(network, 7);
const small = mobileNetV2({ alpha: 0.125, divisor: 4, size: 32, lastFilters: 32 });
const silent = () => undefined;

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

test('a Keras weights file becomes a base, and is kept when it is there', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  const out = testInfo.outputPath('bases');
  await writeKerasH5(file, network, weights);
  const said: string[] = [];
  const make = async () => {
    await putBase(out, await makeImageNet({ from: file }, silent), (line) => said.push(line));
  };
  await make();

  expect(await readJson<BaseIndex>(join(out, 'index.json'))).toEqual({
    default: 'imagenet',
    bases: ['imagenet'],
  });
  const spec = await readJson<BaseSpec>(join(out, 'imagenet', 'spec.json'));
  expect(spec).toMatchObject({ layers: 154, parameters: 2_257_984, featureLength: 1280 });
  expect(spec.golden.map(({ size }) => size)).toEqual([224, 160]);
  expect(spec.provenance.source).toMatch(/the file weights\.h5 \(SHA-256 [0-9a-f]{64}\)/);
  // Kernels in 2 bytes, the four vectors of batch normalisation in 4.
  expect(spec.files[1]!.bytes).toBe(2 * (2_257_984 - 4 * 17_056) + 4 * 4 * 17_056);
  expect(said.join('\n')).toMatch(/float16 moves the feature vector by 0\.\d+% of its length/);

  await make();
  expect(said.at(-1)).toBe('imagenet: already there with the right hashes, kept');
});

test('weights come by name, and in order where the file has other names', async ({}, testInfo) => {
  const own = randomWeights(small, 3);
  for (const rename of [undefined, (name: string) => `old_${name}`]) {
    const file = testInfo.outputPath('weights.h5');
    await writeKerasH5(file, small, own, rename);
    expect(matchWeights(small, await readKerasWeights(file))).toEqual(own);
  }
});

test('a wrong shape, a missing layer and a number that is none are named', () => {
  const own = randomWeights(small, 3);
  const layers = small.layers.map((layer) => ({
    name: layer.name,
    weights: own.filter(({ name }) => layer.weights.some((weight) => weight.name === name)),
  }));
  const changed = (name: string, change: object) =>
    layers.map((layer) => ({
      ...layer,
      weights: layer.weights.map((weight) =>
        weight.name === name ? { ...weight, ...change } : weight,
      ),
    }));
  expect(matchWeights(small, layers)).toEqual(own);
  expect(() => matchWeights(small, changed('Conv1/kernel', { shape: [3, 3, 4, 3] }))).toThrow(
    "The file's Conv1/kernel has shape [3, 3, 4, 3], not [3, 3, 3, 4].",
  );
  const nan = changed('Conv1/kernel', { data: new Float32Array(108).fill(NaN) });
  expect(() => matchWeights(small, nan)).toThrow('Conv1/kernel holds numbers that are not finite');
  expect(() => matchWeights(small, layers.slice(0, -2))).toThrow(
    'The file has 103 layers with weights, MobileNetV2 without its top has 104.',
  );
});

test('a file of another network is refused, and nothing is written', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  await writeKerasH5(file, small, randomWeights(small, 3));
  await expect(makeImageNet({ from: file }, silent)).rejects.toThrow(
    "The file's Conv1/kernel:0 has shape [3, 3, 3, 4], not [3, 3, 3, 32].",
  );
});

test('what is no weights file is refused with a sentence', async ({}, testInfo) => {
  const text = testInfo.outputPath('text.h5');
  await writeFile(text, 'no HDF5 here');
  await expect(readKerasWeights(text)).rejects.toThrow('is no HDF5 file');
  await expect(readKerasWeights(testInfo.outputPath('none.h5'))).rejects.toThrow(
    'cannot be opened',
  );

  const cut = testInfo.outputPath('cut.h5');
  await writeKerasH5(cut, small, randomWeights(small, 3));
  await truncate(cut, 20_000);
  await expect(readKerasWeights(cut)).rejects.toMatchObject({
    kind: 'base',
    detail: expect.stringContaining('truncated'),
  });
});

test('the weights are downloaded once, and a damaged download is not kept', async ({}, testInfo) => {
  const file = testInfo.outputPath('weights.h5');
  await writeKerasH5(file, network, weights);
  const server = await serveFile(await readFile(file), 'weights.h5');
  try {
    let loaded = 0;
    const onProgress = (bytes: number) => {
      loaded = bytes;
    };
    const source = { url: server.url, cache: testInfo.outputPath('cache'), onProgress };
    const { spec } = await makeImageNet(source, silent);
    expect(spec.provenance.source).toContain(server.url);
    expect(loaded).toBe(server.bytes.length);
    await makeImageNet(source, silent);
    expect(server.ranges).toHaveLength(1);

    const other = { ...source, url: `${server.url}?other` };
    server.bytes = server.bytes.slice(0, 1000);
    await expect(makeImageNet(other, silent)).rejects.toThrow('no Keras weights file');
    server.bytes = await readFile(file);
    await makeImageNet(other, silent);
  } finally {
    await server.close();
  }
});
