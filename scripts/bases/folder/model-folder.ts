import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { Problem } from '../../../src/problem.ts';

type WeightsGroup = io.WeightsManifestConfig[number];

export interface ModelFolder {
  /** The folder's own name. */
  readonly name: string;
  readonly format: 'layers-model' | 'graph-model';
  readonly weights: readonly io.WeightsManifestEntry[];
  /** By path within the folder; `model.json` first. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const MODEL = 'model.json';

/**
 * Reads a TF.js model: `model.json` and every file of weights that it names, of just the length
 * that it states.
 *
 * @param path the folder, or its `model.json`
 * @throws Problem `base`
 */
export async function readModelFolder(path: string): Promise<ModelFolder> {
  const there = await stat(path).catch((thrown: unknown) => {
    throw new Problem('base', `There is no folder ${path}.`, { cause: thrown });
  });
  const folder = resolve(there.isDirectory() ? path : dirname(path));
  const bytes = await readPart(folder, there.isDirectory() ? MODEL : basename(path));
  const model = parse(bytes, path);
  const files = new Map([[MODEL, bytes]]);
  for (const group of model.weightsManifest) {
    const shards: Uint8Array[] = [];
    for (const shard of group.paths) {
      if (!/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(shard)) {
        throw new Problem('base', `${MODEL} names the weights file “${shard}”, which is no path.`);
      }
      const part = await readPart(folder, shard);
      shards.push(part);
      files.set(shard, part);
    }
    expectLength(group, shards);
  }
  const weights = model.weightsManifest.flatMap((group) => group.weights);
  return { name: basename(folder), format: formatOf(model), weights, files };
}

function parse(bytes: Uint8Array, path: string): io.ModelJSON {
  const refuse = (why: string, cause?: unknown) =>
    new Problem('base', `The model.json of ${path} ${why}.`, cause === undefined ? {} : { cause });
  let model: Partial<io.ModelJSON> | null;
  try {
    model = JSON.parse(new TextDecoder().decode(bytes)) as Partial<io.ModelJSON> | null;
  } catch (thrown) {
    throw refuse('is no JSON', thrown);
  }
  const groups: unknown = model?.weightsManifest;
  if (!model?.modelTopology || !Array.isArray(groups)) {
    throw refuse('has no modelTopology and weightsManifest: it is no TensorFlow.js model');
  }
  for (const group of groups as Partial<WeightsGroup>[]) {
    if (!Array.isArray(group.paths) || !Array.isArray(group.weights)) {
      throw refuse('has a weightsManifest without paths and weights');
    }
  }
  return model as io.ModelJSON;
}

function formatOf({ format, modelTopology }: io.ModelJSON): ModelFolder['format'] {
  if (format === 'layers-model' || format === 'graph-model') return format;
  return 'node' in modelTopology ? 'graph-model' : 'layers-model';
}

async function readPart(folder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, path));
  } catch (thrown) {
    throw new Problem('base', `${path} is missing in ${folder}.`, { cause: thrown });
  }
}

const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

function expectLength(group: WeightsGroup, shards: readonly Uint8Array[]): void {
  const expected = group.weights.reduce((sum, { shape, dtype, quantization }) => {
    // Strings have no length of their own, and make the sum NaN.
    const each = BYTES[quantization?.dtype ?? dtype] ?? NaN;
    return sum + each * shape.reduce((a, b) => a * b, 1);
  }, 0);
  const actual = shards.reduce((sum, { length }) => sum + length, 0);
  if (!Number.isNaN(expected) && actual !== expected) {
    throw new Problem(
      'base',
      `${group.paths.join(', ')}: ${actual} bytes of weights, model.json states ${expected}.`,
    );
  }
}
