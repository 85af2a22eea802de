import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { NoveltyModel } from '../../src/learning/evaluate/novelty-model.ts';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { preprocess } from '../../src/learning/network/preprocess.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import type { TrainedNetwork } from '../../src/models/formats/trained-network.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

interface Predictor {
  predict(pictures: tf.Tensor): tf.Tensor | tf.Tensor[];
}

/** The app's answers: features of both views by TensorFlow.js, then head, temperature, novelty. */
function appAnswers(model: Predictor, network: TrainedNetwork, pictures: Float32Array) {
  const { base, head, novelty, temperature, mirrored } = network;
  const { mode: preprocessing, range: inputRange } = base.scaling;
  return tf.tidy(() => {
    const pixels = tf.mul(tf.add(tf.tensor4d(pictures, [2, base.size, base.size, 3]), 1), 127.5);
    const features = (view: tf.Tensor4D) => {
      const scaled = preprocess(view, { inputRange, ...(preprocessing && { preprocessing }) });
      const output = model.predict(scaled) as tf.Tensor;
      return output.rank === 4 ? tf.mean(output, [1, 2]) : output;
    };
    const plain = features(pixels as tf.Tensor4D);
    const mean = mirrored
      ? tf.div(tf.add(plain, features(tf.reverse(pixels, 2) as tf.Tensor4D)), 2)
      : plain;
    const outputs = head.bias.length;
    const kernel = tf.tensor2d(head.kernel, [head.kernel.length / outputs, outputs]);
    const logits = tf.add(tf.matMul(mean as tf.Tensor2D, kernel), head.bias).dataSync();
    const length = plain.shape[1]!;
    const { references, neighbours, threshold } = novelty!;
    const scorer = new NoveltyModel(references, length, neighbours, threshold);
    const rows = plain.dataSync<'float32'>();
    return {
      probabilities: [...classProbabilities(logits, 2, temperature)],
      novelty: [0, 1].map(
        (row) => scorer.score(rows.subarray(row * length, (row + 1) * length)) / scorer.threshold,
      ),
    };
  });
}

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
