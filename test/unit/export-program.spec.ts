import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { appAnswers } from '../fixtures/app-answers.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance = 1e-4,
): void {
  expect(actual).toHaveLength(expected.length);
  const differences = expected.map((value, i) => Math.abs(value - actual[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

/** Networks with a layer that no runtime for inference has. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  'a model within, called twice': 'Model',
  'a batch normalisation over rows': 'BatchNormalization',
};

for (const [name, layer] of Object.entries(UNSUPPORTED)) {
  test(`${name} is refused by the name of its layer`, () => {
    const network = trainedNetwork(KERAS_NETWORKS[name]!());
    const lower = () => programOf(network, { mirror: true, novelty: true });
    expect(lower).toThrow(expect.objectContaining({ name: 'UnsupportedLayerError', layer }));
  });
}

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  if (name in UNSUPPORTED) continue;
  test(`the operations of ${name} give the answers of TensorFlow.js`, () => {
    const model = build();
    const network = trainedNetwork(model);
    const pictures = randomPictures(2, network.base.size);
    const expected = appAnswers(model, network, pictures);
    const answers = runProgram(programOf(network, { mirror: true, novelty: true }), pictures);
    expectClose(answers.probabilities, expected.probabilities);
    expectClose(answers.novelty!, expected.novelty);
  });
}

const FIRST = Object.values(KERAS_NETWORKS)[0]!;

for (const scaling of [
  { range: [0, 1] },
  { range: [0, 255] },
  { mode: 'tf', range: [-1, 1] },
  { mode: 'torch', range: [-2.2, 2.7] },
  { mode: 'caffe', range: [-124, 152] },
] as const) {
  test(`pixels from -1 to 1 become what a base of ${JSON.stringify(scaling)} reads`, () => {
    const model = FIRST();
    const network = trainedNetwork(model, {
      scaling,
      mirrored: false,
      classes: 3,
      temperature: 40,
    });
    const pictures = randomPictures(2, network.base.size);
    const { probabilities } = appAnswers(model, network, pictures);
    const answers = runProgram(programOf(network, { mirror: true, novelty: false }), pictures);
    expectClose(answers.probabilities, probabilities);
    expect(answers.novelty).toBeUndefined();
  });
}

test('batch normalizations and clamps are folded into the convolutions', () => {
  const network = trainedNetwork(KERAS_NETWORKS['MobileNetV2']!());
  const { operations } = programOf(network, { mirror: false, novelty: false });
  const kinds = new Set(operations.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(
    expect.not.arrayContaining(['affine', 'curve', 'pad'] as string[]),
  );
});
