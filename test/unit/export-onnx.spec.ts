import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { decodeOnnx } from '../../src/models/formats/onnx/onnx-model.ts';
import { runOnnx } from '../../src/models/formats/onnx/run-onnx.ts';
import { onnxFiles } from '../../src/models/formats/onnx/write-onnx.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { UnsupportedLayerError } from '../../src/models/formats/unsupported-layer.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** `[count, size, size, 3]` to `[count, 3, size, size]` */
function channelsFirst(pictures: Float32Array, size: number): Float32Array {
  const plane = size * size;
  return pictures.map((_, i) => {
    const [picture, rest] = [Math.floor(i / (3 * plane)), i % (3 * plane)];
    return pictures[picture * 3 * plane + (rest % plane) * 3 + Math.floor(rest / plane)]!;
  });
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  test(`ONNX Runtime and the app’s reader answer as ${name} does`, async () => {
    const network = trainedNetwork(build(), { classes: 3, prior: 'log-sum-exp' });
    const parts = { mirror: true, novelty: true, knownClasses: true };
    if (/^a (model within|batch normalisation over rows)/.test(name)) {
      expect(() => programOf(network, parts)).toThrow(UnsupportedLayerError);
      return;
    }
    const program = programOf(network, parts);
    const { size } = program;
    const pictures = randomPictures(2, size);
    const expected = runProgram(program, pictures);
    const { bytes } = onnxFiles(program, 'Test')[0]!;
    const input = channelsFirst(pictures, size);

    const read = decodeOnnx(bytes);
    expect(JSON.parse(read.metadata['labels']!)).toEqual(network.labels);
    const own = runOnnx(read, { shape: [2, 3, size, size], data: input });
    expect(largestDifference(own.get('probabilities')!.data, expected.probabilities)).toBeLessThan(
      1e-5,
    );
    expect(largestDifference(own.get('novelty')!.data, expected.novelty!)).toBeLessThan(1e-4);

    const session = await InferenceSession.create(bytes);
    const results = await session.run({ image: new Tensor('float32', input, [2, 3, size, size]) });
    const data = (output: string) => results[output]!.data as Float32Array;
    expect(largestDifference(data('probabilities'), expected.probabilities)).toBeLessThan(1e-4);
    expect(largestDifference(data('novelty'), expected.novelty!)).toBeLessThan(1e-3);
    await session.release();
  });
}
