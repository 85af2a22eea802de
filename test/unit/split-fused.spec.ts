import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { splitFused } from '../../src/learning/model-files/split-fused.ts';
import { outputOf } from '../fixtures/base-features.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const float = { T: { type: 'DT_FLOAT' } };
const dim = (...sides: number[]) => ({ dim: sides.map((size) => ({ size: String(size) })) });

const constant = (name: string, shape: readonly number[]) => ({
  name,
  op: 'Const',
  attr: {
    dtype: { type: 'DT_FLOAT' },
    value: { tensor: { dtype: 'DT_FLOAT', tensorShape: dim(...shape) } },
  },
});

/** A GraphModel of one fused 1x1 convolution, which triples red and adds a bias. */
function fusedModel(bias: readonly number[], fused: readonly string[]) {
  const convolution = {
    ...float,
    strides: { list: { i: ['1', '1', '1', '1'] } },
    padding: { s: base64('SAME') },
    data_format: { s: base64('NHWC') },
    dilations: { list: { i: ['1', '1', '1', '1'] } },
    num_args: { i: '1' },
    fused_ops: { list: { s: fused.map(base64) } },
  };
  const image = { dtype: { type: 'DT_FLOAT' }, shape: { shape: dim(-1, 8, 8, 3) } };
  const node = [
    { name: 'x', op: 'Placeholder', attr: image },
    constant('filter', [1, 1, 3, 1]),
    constant('bias', bias),
    { name: 'read', op: 'Identity', input: ['bias'], attr: float },
    { name: 'map', op: '_FusedConv2D', input: ['x', 'filter', 'read:0'], attr: convolution },
  ];
  const weights = [
    { name: 'filter', shape: [1, 1, 3, 1], dtype: 'float32' as const },
    { name: 'bias', shape: [...bias], dtype: 'float32' as const },
  ];
  return { topology: { node, library: {}, versions: {} }, weights };
}

async function answerOf({ topology, weights }: ReturnType<typeof fusedModel>): Promise<number[]> {
  startWasm();
  await tf.setBackend('wasm');
  const json = {
    format: 'graph-model',
    modelTopology: topology,
    weightsManifest: [{ paths: ['w.bin'], weights }],
  };
  const files = new Map<string, Uint8Array>([
    ['model.json', Buffer.from(JSON.stringify(json))],
    ['w.bin', new Uint8Array(Float32Array.of(3, 0, 0, 0.5).buffer)],
  ]);
  const { values } = await outputOf(files, 8, 'graph-model');
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
  const taken = { name: 'map/product', op: 'Identity', input: ['x'], attr: float };
  const split = splitFused({ ...topology, node: [...topology.node, taken] }, weights);
  const { node } = split as { node: { name: string; op: string }[] };
  expect(new Set(node.map(({ name }) => name)).size).toBe(node.length);
  expect(node.find(({ op }) => op === 'Conv2D')!.name).toBe('map/product_');
});
