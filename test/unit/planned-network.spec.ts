import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { runningPlans } from '../../src/learning/backend/running-plans.ts';
import { goldenBatch } from '../../src/learning/network/golden-check.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { frozenList } from '../../src/learning/network/frozen-list.ts';
import { loadNetwork } from '../../src/learning/network/load-network.ts';
import { runFrozen } from '../../src/learning/network/load-with-tensors.ts';
import { TENSORS_ONLY, type NetworkBackend } from '../../src/learning/network/network.ts';
import type { KnownReadout, Readout } from '../../src/learning/network/readout.ts';
import { Random } from '../../src/platform/random.ts';
import { artifactsOf } from '../fixtures/base-features.ts';
import { makeTinyBase } from '../fixtures/base-tiny.ts';
import { expectClose, networkModel } from '../fixtures/fine-tune-checks.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { plannedBase } from '../fixtures/planned-base.ts';
import { PLANS_ON_WASM, testOnRelaxedWasm } from '../fixtures/relaxed-wasm.ts';

testOnRelaxedWasm();

test('a MobileNetV2 runs as a plan: what TensorFlow.js gives, and no tensor is left', async () => {
  const before = tf.memory().numTensors;
  const network = async (backend: NetworkBackend) => {
    const model = await networkModel(mobileNetV2({ alpha: 0.35, size: 64 }));
    return runFrozen(frozenList(model), { inputRange: [-1, 1] }, 64, backend);
  };
  const planned = await network(PLANS_ON_WASM);
  // Its weights are in a memory of its own.
  expect(tf.memory().numTensors).toBe(before);
  expect(runningPlans.size).toBe(1);
  const byTensorFlow = await network(TENSORS_ONLY);
  expect(runningPlans.size).toBe(1);
  // The second picture is the mirror image of the same one, to be mirrored.
  const batch = goldenBatch(64, 3);
  const [map, expected] = [await planned.map(batch), await byTensorFlow.map(batch)];
  expectClose(map.values, expected.values, 'map');
  expect(map.shape).toEqual(expected.shape);
  planned.dispose();
  byTensorFlow.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('what a plan cannot express runs by TensorFlow.js', async () => {
  // Convolutions of 3x3 within the network, and fewer channels than a panel has.
  for (const name of ['ResNet50', 'MobileNetV2']) {
    const model = KERAS_NETWORKS[name]!();
    const network = await runFrozen(frozenList(model), { inputRange: [-1, 1] }, 32, PLANS_ON_WASM);
    expect(runningPlans.size).toBe(0);
    const { values } = await network.map(goldenBatch(32, 1));
    expect(values.every(Number.isFinite)).toBe(true);
    network.dispose();
  }
});

test('where no plans run TensorFlow.js runs everything', async () => {
  await tf.setBackend('cpu');
  const { spec, files } = makeTinyBase({});
  const network = await loadNetwork(spec, artifactsOf(files), 32, TENSORS_ONLY);
  expect(runningPlans.size).toBe(0);
  network.dispose();
  await tf.setBackend('wasm');
});

/** Known classes and a head for maps of `channels` channels, of random numbers. */
function anyReadout(channels: number, pooling: KnownReadout['pooling']) {
  const random = new Random(3);
  const numbers = (length: number) =>
    Float32Array.from({ length }, () => (2 * random.next() - 1) / Math.sqrt(channels));
  const [known, head] = [2 * 3, 5];
  return {
    known: { kernel: numbers(channels * known), bias: numbers(known), anchors: 3, pooling },
    head: { kernel: numbers(channels * head), bias: numbers(head), outputs: head },
  };
}

for (const pooling of ['log-sum-exp', 'mean'] as const) {
  test(`a plan and TensorFlow.js read the same of a pass, with ${pooling}`, async () => {
    const before = tf.memory().numTensors;
    const { spec, artifacts } = plannedBase();
    const batch = goldenBatch(64, 3);
    const found: Readout[][] = [];
    for (const backend of [PLANS_ON_WASM, TENSORS_ONLY]) {
      const network = await loadNetwork(spec, artifacts, 64, backend);
      expect(runningPlans.size).toBe(backend === PLANS_ON_WASM ? 1 : 0);
      const { shape } = await network.map(batch);
      const { known, head } = anyReadout(shape.at(-1)!, pooling);
      const readouts: Readout[] = [];
      for (const wanted of [{}, { known }, { head }, { known, head }]) {
        const reader = await network.reader(wanted);
        readouts.push(await reader.read(batch), await reader.read(batch));
        reader.dispose();
      }
      found.push(readouts);
      network.dispose();
    }
    const [planned, byTensorFlow] = found as [Readout[], Readout[]];
    const places = planned[0]!.mapShape[0]! * planned[0]!.mapShape[1]!;
    planned.forEach((readout, i) => {
      const expected = byTensorFlow[i]!;
      expect(readout.mapShape).toEqual(expected.mapShape);
      for (const part of ['features', 'known', 'places', 'further'] as const) {
        expectClose(readout[part], expected[part], `${part} of readout ${i}`);
      }
    });
    const widths = [0, 0, 0, 0, 5, 5, 7, 7];
    expect(planned.map((each) => each.places.length)).toEqual(widths.map((w) => 3 * places * w));
    expect(planned.map((each) => each.known.length)).toEqual([0, 0, 6, 6, 0, 0, 6, 6]);
    expect(tf.memory().numTensors).toBe(before);
  });
}
