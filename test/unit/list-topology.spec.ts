import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { FEATURES_METADATA } from '../../src/learning/model-files/base-topology.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { loadLayers } from '../../src/learning/model-files/load-layers.ts';
import { operationList } from '../../src/learning/network/build-frozen-network.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { listTopology } from '../../src/learning/network/list-topology.ts';
import { artifactsOf } from '../fixtures/base-features.ts';
import { makeTinyBase } from '../fixtures/base-tiny.ts';
import { networkModel } from '../fixtures/fine-tune-checks.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';

testOnRelaxedWasm();

/** The files of a model whose output is the features. */
async function saved(model: LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  model.setUserDefinedMetadata(FEATURES_METADATA);
  await model.save(
    tf.io.withSaveHandler((given) => {
      artifacts = given;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' },
      });
    }),
  );
  return artifacts!;
}

/** What a function gives, or the text of what it throws. */
function attempt<Result>(run: () => Result): Result | string {
  try {
    return run();
  } catch (thrown) {
    return String(thrown);
  }
}

/** What TensorFlow.js's layers give. */
async function byLayers(artifacts: tf.io.ModelArtifacts, size: number) {
  const list = frozenList(await loadLayers(artifacts, size));
  try {
    return await operationList(list);
  } finally {
    list.dispose();
  }
}

async function expectSame(artifacts: tf.io.ModelArtifacts, size: number): Promise<void> {
  const found = listTopology(artifacts, size);
  const expected = await byLayers(artifacts, size);
  expect(expected).toBeDefined();
  expect(found?.input).toBe(expected!.input);
  expect(found!.output).toBe(expected!.output);
  expect(found!.operations.map(({ output }) => output)).toEqual(
    expected!.operations.map(({ output }) => output),
  );
  found!.operations.forEach((operation, i) => {
    expect(operation, operation.output).toEqual(expected!.operations[i]);
  });
}

for (const [alpha, size, other] of [
  [0.35, 64, 96],
  [0.5, 75, 75],
] as const) {
  test(`MobileNetV2 ${alpha} at ${size} and ${other} pixels, bit for bit`, async () => {
    const artifacts = await saved(await networkModel(mobileNetV2({ alpha, size })));
    await expectSame(artifacts, size);
    await expectSame(artifacts, other);
  });
}

test('a base of the app, whose weights are stored in float16', async () => {
  const artifacts = artifactsOf(makeTinyBase({ blocks: 3 }).files);
  expect(artifacts.weightSpecs!.some(({ quantization }) => quantization)).toBe(true);
  await expectSame(artifacts, 32);
});

test('every network of Keras Applications: the same operations, or none where a plan has none', async () => {
  const read: string[] = [];
  for (const [name, make] of Object.entries(KERAS_NETWORKS)) {
    const artifacts = await saved(make());
    const size = 32;
    const expected = await byLayers(artifacts, size).catch(String);
    const found = attempt(() => listTopology(artifacts, size));
    // What TensorFlow.js can run beyond this, it runs.
    if (!found) continue;
    read.push(name);
    expect(found, name).toEqual(expected);
  }
  expect(read).toEqual(expect.arrayContaining(['MobileNet', 'MobileNetV2']));
});

test('weights that are missing, cut off or of another kind: TensorFlow.js is left to say it', () => {
  const { files } = makeTinyBase({});
  const artifacts = artifactsOf(files);
  const specs = artifacts.weightSpecs!;
  expect(listTopology({ ...artifacts, weightSpecs: specs.slice(1) }, 32)).toBeUndefined();
  expect(listTopology({ ...artifacts, weightData: new ArrayBuffer(8) }, 32)).toBeUndefined();
  const quantized = specs.map((spec) => ({
    ...spec,
    quantization: { dtype: 'uint8', scale: 1, min: 0 } as const,
  }));
  expect(listTopology({ ...artifacts, weightSpecs: quantized }, 32)).toBeUndefined();
});
