import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { loadNetwork } from '../../src/learning/network/load-network.ts';
import { TENSORS_ONLY } from '../../src/learning/network/network.ts';
import { listTopology } from '../../src/learning/network/list-topology.ts';
import { compileGpuPlan } from '../../src/learning/network/webgpu/gpu-plan.ts';
import { projectionOf, readoutOf } from '../../src/learning/network/webgpu/projection.ts';
import { operationsWithFurther } from '../../src/learning/network/with-further.ts';
import { expectClose } from '../fixtures/fine-tune-checks.ts';
import { plannedBase } from '../fixtures/planned-base.ts';
import { PLANS_ON_WASM, testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';

testOnRelaxedWasm();

const LAYER = 'block_1_project_BN';

const LENGTH = 8;

/** With a layer of further features. */
const base = (layer: string) => plannedBase({ layer, length: LENGTH });

test('a plan and TensorFlow.js give the same further features, and the map that they gave before', async () => {
  const before = tf.memory().numTensors;
  const { spec, artifacts } = base(LAYER);
  const { artifacts: plain, spec: plainSpec } = plannedBase();
  const batch = goldenBatch(64, 3);
  const [planned, byTensorFlow, asBefore] = [
    await loadNetwork(spec, artifacts, 64, PLANS_ON_WASM),
    await loadNetwork(spec, artifacts, 64, TENSORS_ONLY),
    await loadNetwork(plainSpec, plain, 64, PLANS_ON_WASM),
  ];
  const [a, b, c] = await Promise.all(
    [planned, byTensorFlow, asBefore].map(async (network) => {
      const reader = await network.reader({ further: true });
      const read = await reader.read(batch);
      reader.dispose();
      return read;
    }),
  );
  expect(a!.further).toHaveLength(3 * LENGTH);
  expectClose(a!.further, b!.further, 'further features');
  expectClose(a!.features, b!.features, 'features');
  expect(c!.further).toHaveLength(0);
  expect(a!.features).toEqual(c!.features);
  expect((await planned.map(batch)).values).toEqual((await asBefore.map(batch)).values);
  const without = await planned.reader({});
  expect((await without.read(batch)).further).toHaveLength(0);
  for (const network of [planned, byTensorFlow, asBefore]) network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a layer whose output is fused with the next one is refused, and no tensor is left', async () => {
  const before = tf.memory().numTensors;
  for (const layer of ['block_1_project', 'block_1_expand_BN', 'nothing']) {
    for (const backend of [PLANS_ON_WASM, TENSORS_ONLY]) {
      const { spec, artifacts } = base(layer);
      await expect(loadNetwork(spec, artifacts, 64, backend)).rejects.toMatchObject({
        kind: 'base',
      });
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('on the GPU they are one more dispatch, and only for who reads them', () => {
  const { artifacts } = plannedBase();
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
