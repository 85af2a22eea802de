import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { splitFused } from '../../src/learning/model-files/split-fused.ts';
import { outputOf } from '../fixtures/base-features.ts';
import { fusedFiles, fusedModel, type FusedModel } from '../fixtures/fused-graph.ts';

async function answerOf(model: FusedModel): Promise<number[]> {
  startWasm();
  await tf.setBackend('wasm');
  const { values } = await outputOf(fusedFiles(model), 8, 'graph-model');
  return [...values];
}

for (const fused of [['BiasAdd'], ['BiasAdd', 'Relu']]) {
  test(`${fused.join(' and ')} of a bias that is no vector is computed as of a vector`, async () => {
    const expected = await answerOf(fusedModel([1], fused));
    expect(Math.max(...expected)).toBeGreaterThan(0.5);
    for (const bias of [[], [1, 1, 1, 1]]) {
      expect(await answerOf(fusedModel(bias, fused))).toEqual(expected);
    }
  });
}

test('what needs no splitting, or has more than is known here, stays as it is', () => {
  for (const [bias, fused] of [
    [[1], ['BiasAdd']],
    [[], ['FusedBatchNorm']],
    [[], ['BiasAdd', 'LeakyRelu']],
    [[], []],
  ] as const) {
    const { topology, weights } = fusedModel(bias, fused);
    expect(splitFused(topology, weights)).toBe(topology);
  }
});

test('names that are taken stay whose they are', () => {
  const { topology, weights } = fusedModel([], ['BiasAdd']);
  const taken = { name: 'map/product', op: 'Identity', input: ['x'] };
  const split = splitFused({ ...topology, node: [...topology.node, taken] }, weights);
  const { node } = split as { node: { name: string; op: string }[] };
  expect(new Set(node.map(({ name }) => name)).size).toBe(node.length);
  expect(node.find(({ op }) => op === 'Conv2D')!.name).toBe('map/product_');
});
