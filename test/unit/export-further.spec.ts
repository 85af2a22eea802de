import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { NoveltyModel } from '../../src/learning/evaluate/novelty-model.ts';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { KnownClassPredictor } from '../../src/learning/head/known-class-predictor.ts';
import { keras } from '../../src/learning/export/keras-writer.ts';
import { layersModel, teachableMachine } from '../../src/learning/export/layers-model-writer.ts';
import { plannedNetwork } from '../../src/learning/program/program-network.ts';
import { onnxFiles } from '../../src/models/formats/onnx/write-onnx.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { decodeTflite, runTflite } from '../../src/models/formats/tflite/run-tflite.ts';
import { tfliteFiles } from '../../src/models/formats/tflite/write-tflite.ts';
import type { TrainedNetwork } from '../../src/models/formats/trained-network.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { networkModel } from '../fixtures/fine-tune-checks.ts';
import { trainedNetwork } from '../fixtures/trained-network.ts';

const SIZE = 32;
const LAYER = 'block_1_project_BN';

/** What these writers read of the facts. */
const FACTS = {
  ...{ name: 'Test', appVersion: '0', createdAt: '2026-01-01T00:00:00.000Z' },
} as Parameters<typeof layersModel.write>[1];

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const pixels = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => (i * 7919) % 251);
const scaled = Float32Array.from(pixels, (p) => p / 127.5 - 1);

/** The answers of a model's own layers to the picture. */
function layerAnswers(model: tfl.LayersModel, network: TrainedNetwork) {
  const { head, temperature, prior, mirrored, novelty, further } = network;
  return tf.tidy(() => {
    const picture = tf.tensor4d(scaled, [1, SIZE, SIZE, 3]);
    const views = mirrored ? tf.concat([picture, tf.reverse(picture, 2)]) : picture;
    const earlier = model.getLayer(further!.tensor).output as tfl.SymbolicTensor;
    const outputs = [...model.outputs, earlier];
    const maps = tfl.model({ inputs: model.inputs, outputs }).predict(views) as tf.Tensor[];
    const [features, more] = maps.map((map) => tf.mean<tf.Tensor2D>(map, [1, 2]));
    const read = tf.concat([features!, tf.mul(more!, further!.scale)], 1);
    const columns = head.bias.length;
    const kernel = tf.tensor2d(head.kernel, [head.kernel.length / columns, columns]);
    let logits: tf.Tensor = tf.add(tf.matMul(read, kernel), head.bias);
    if (prior) {
      const { mixture } = prior;
      const known = new KnownClassPredictor(prior);
      const matrix = tf.tensor2d(mixture, [mixture.length / columns, columns]);
      logits = tf.add(logits, tf.matMul(known.logits(maps[0]!), matrix));
    }
    const length = features!.shape[1];
    const { references, neighbours, threshold } = novelty!;
    const scorer = new NoveltyModel(references, length, neighbours, threshold);
    return {
      probabilities: [...classProbabilities(tf.mean(logits, 0).dataSync(), 1, temperature)],
      photos: scorer.score(features!.dataSync().subarray(0, length)) / scorer.threshold,
    };
  });
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  expect(actual).toHaveLength(expected.length);
  const differences = expected.map((value, i) => Math.abs(value - actual[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

for (const knows of [undefined, 'log-sum-exp'] as const) {
  for (const classes of [2, 5]) {
    test(`an earlier layer is part of every format: ${knows ?? 'no prior'}, ${classes} classes`, async () => {
      const model = await networkModel(mobileNetV2({ alpha: 0.35, size: SIZE }));
      const trained = trainedNetwork(model, {
        classes,
        temperature: 20,
        further: LAYER,
        ...(knows && { knows }),
      });
      const expected = layerAnswers(model, trained);
      // It matters: without its rows the answers are others.
      const { base, labels, temperature, mirrored, prior } = trained;
      const rest = { base, labels, temperature, mirrored, ...(prior && { prior }) };
      const outputs = trained.head.bias.length;
      const rows = trained.head.kernel.length - trained.further!.length * outputs;
      const head = { ...trained.head, kernel: trained.head.kernel.subarray(0, rows) };
      const parts = { mirror: true, novelty: true };
      const without = runProgram(programOf({ ...rest, head }, parts), scaled).probabilities;
      const effect = expected.probabilities.map((p, c) => Math.abs(p - without[c]!));
      expect(Math.max(...effect)).toBeGreaterThan(1e-3);

      const program = programOf(trained, parts);
      const answers = runProgram(program, scaled);
      expectClose(answers.probabilities, expected.probabilities, 1e-5);
      if (!knows) expectClose(answers.novelty!, [expected.photos], 1e-4);

      // The web page: the same program as a plan.
      const planned = plannedNetwork(program)!({ rgb: Float32Array.from(pixels) });
      expectClose(planned.probabilities, expected.probabilities, 1e-4);

      const { bytes } = onnxFiles(program, 'Test')[0]!;
      const plane = SIZE * SIZE;
      const first = scaled.map((_, i) => scaled[(i % plane) * 3 + Math.floor(i / plane)]!);
      const session = await InferenceSession.create(bytes);
      const results = await session.run({
        image: new Tensor('float32', first, [1, 3, SIZE, SIZE]),
      });
      expectClose(results['probabilities']!.data as Float32Array, expected.probabilities, 1e-4);
      await session.release();

      const lite = await tfliteFiles(programOf(trained, { mirror: true, novelty: false }), 'Test');
      expectClose(runTflite(decodeTflite(lite[0]!.bytes), scaled), expected.probabilities, 1e-2);

      const oneView = { ...trained, mirrored: false };
      const plain = layerAnswers(model, oneView);
      for (const writer of [layersModel, teachableMachine, keras]) {
        const read = await writer.read(await writer.write(oneView, FACTS), trained);
        const { probabilities } = await read.answer(pixels);
        expectClose(probabilities, plain.probabilities, 1e-4);
        read.dispose();
      }
    });
  }
}
