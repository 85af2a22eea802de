import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { layersModelFiles } from '../../scripts/bases/layers-model-files.ts';
import { halveKernels } from '../../scripts/bases/weights-file.ts';
import { loadNetwork } from '../../src/learning/network/load-network.ts';
import { listTopology } from '../../src/learning/network/list-topology.ts';
import { compileGpuPlan } from '../../src/learning/network/webgpu/gpu-plan.ts';
import { projectionOf, readoutOf } from '../../src/learning/network/webgpu/projection.ts';
import { operationsWithFurther } from '../../src/learning/network/with-further.ts';
import { artifactsOf } from '../fixtures/base-features.ts';
import { randomWeights } from '../fixtures/base-random-weights.ts';
import { makeTinyBase } from '../fixtures/base-tiny.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';

testOnRelaxedWasm();

const LAYER = 'block_1_project_BN';

const LENGTH = 8;

/** A MobileNetV2 that plans express, of random weights; with a layer of further features. */
async function base(further?: string) {
  const { spec } = makeTinyBase({ size: 64 });
  const network = mobileNetV2({ alpha: 0.35, size: 64 });
  const files = layersModelFiles(network, halveKernels(randomWeights(network, 1)));
  const given = further && { further: { layer: further, length: LENGTH, scale: 1, golden: [] } };
  return { spec: { ...spec, ...given }, artifacts: await artifactsOf(files) };
}

test('a plan and TensorFlow.js give the same further features, and the map that they gave before', async () => {
  const before = tf.memory().numTensors;
  const { spec, artifacts } = await base(LAYER);
  const { artifacts: plain, spec: without } = await base();
  const batch = goldenBatch(64, 3);
  const [planned, byTensorFlow, asBefore] = [
    await loadNetwork(spec, artifacts, 64, true),
    await loadNetwork(spec, artifacts, 64, false),
    await loadNetwork(without, plain, 64, true),
  ];
  expect(asBefore.withFurther).toBeUndefined();
  const [a, b] = [planned.withFurther!(batch), byTensorFlow.withFurther!(batch)];
  expect(a.further.shape).toEqual([3, LENGTH]);
  expectClose(a.further.dataSync(), b.further.dataSync(), 'further features');
  expectClose(a.map.dataSync(), b.map.dataSync(), 'map');
  const map = asBefore.run(batch);
  expect(a.map.dataSync()).toEqual(map.dataSync());
  const pooled = [planned.pooled!(batch), asBefore.pooled!(batch)];
  expect(pooled[0]!.dataSync()).toEqual(pooled[1]!.dataSync());
  tf.dispose([a, b, map, ...pooled]);
  for (const network of [planned, byTensorFlow, asBefore]) network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a layer whose output is fused with the next one is refused, and no tensor is left', async () => {
  const before = tf.memory().numTensors;
  for (const layer of ['block_1_project', 'block_1_expand_BN', 'nothing']) {
    for (const plans of [true, false]) {
      const { spec, artifacts } = await base(layer);
      await expect(loadNetwork(spec, artifacts, 64, plans)).rejects.toMatchObject({ kind: 'base' });
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('on the GPU they are one more dispatch, and only for who reads them', async () => {
  const { artifacts } = await base();
  const list = listTopology(artifacts, 64)!;
  const range = { values: new Float32Array(8), channels: [0, 1, 2] } as const;
  const plain = compileGpuPlan(list, 64, range)!;
  const plan = compileGpuPlan(operationsWithFurther(list, LAYER), 64, range)!;
  expect(plan.steps).toHaveLength(plain.steps.length);
  expect(plan.kept).toMatchObject([{ places: 16 * 16, channels: LENGTH }]);
  const steps = (of: typeof plan) => projectionOf(of, of.buffers.length, {}).steps.length;
  expect(steps(plan)).toBe(steps(plain) + 1);
  // Nothing replaces what is kept before it is read.
  const { buffer } = plan.kept[0]!;
  expect(plan.steps.findLast(({ target }) => target === buffer)).toMatchObject({
    shader: 'pointwise',
    numbers: { rows: 16 * 16, columns: LENGTH / 4 },
  });
});

test('a readout is divided into its parts, whatever stands between them', () => {
  const lengths = { features: 4, known: 1, places: 0, further: 4 };
  const values = Float32Array.from({ length: 24 }, (_, i) => i);
  const { features, known, further } = readoutOf(values, { lengths, furtherAt: 8, stride: 12 });
  expect([...features]).toEqual([0, 1, 2, 3, 12, 13, 14, 15]);
  expect([...known]).toEqual([4, 16]);
  expect([...further]).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
});
