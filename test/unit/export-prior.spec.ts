import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { NoveltyModel } from '../../src/learning/evaluate/novelty-model.ts';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { combinedNovelty } from '../../src/learning/evaluate/combined-novelty.ts';
import { KnownClassPredictor } from '../../src/learning/head/known-class-predictor.ts';
import { keras } from '../../src/learning/export/keras-writer.ts';
import { layersModel } from '../../src/learning/export/layers-model-writer.ts';
import { specOfMode } from '../../src/learning/model-files/preprocessing-mode.ts';
import { artifactsOf, readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import { loadNetwork } from '../../src/learning/network/load-network.ts';
import { TENSORS_ONLY } from '../../src/learning/network/network.ts';
import { decodeOnnx } from '../../src/models/formats/onnx/onnx-model.ts';
import { runOnnx } from '../../src/models/formats/onnx/run-onnx.ts';
import { onnxFiles } from '../../src/models/formats/onnx/write-onnx.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { decodeTflite, runTflite } from '../../src/models/formats/tflite/run-tflite.ts';
import { tfliteFiles } from '../../src/models/formats/tflite/write-tflite.ts';
import type { TrainedNetwork } from '../../src/models/formats/trained-network.ts';
import { conv, network, through, use } from '../fixtures/keras-layers.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { trainedNetwork } from '../fixtures/trained-network.ts';

/** What these writers read of the facts. */
const FACTS = {
  ...{ name: 'Test', appVersion: '0', createdAt: '2026-01-01T00:00:00.000Z' },
} as Parameters<typeof layersModel.write>[1];

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const ALL = { mirror: true, novelty: true } as const;

/** Whole pixel values of noise. */
function noise(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => (i * 7919) % 251);
}

/** The app's own answers to one picture, with its own predictor of known classes. */
function appAnswers(model: tfl.LayersModel, network: TrainedNetwork, pixels: Uint8Array) {
  const { head, temperature, base, prior, mirrored, novelty, labels } = network;
  const { kernel, bias, anchors, pooling, mixture } = prior!;
  return tf.tidy(() => {
    const picture = tf.tensor4d(
      Float32Array.from(pixels, (p) => p / 127.5 - 1),
      [...([1, base.size, base.size, 3] as const)],
    );
    const views = mirrored ? tf.concat([picture, tf.reverse(picture, 2)]) : picture;
    const map = model.predict(views) as tf.Tensor;
    const features = map.rank === 4 ? tf.mean(map, [1, 2]) : map;
    const rows = kernel.length / bias.length;
    const predictor = new KnownClassPredictor({ kernel, bias, anchors, pooling });
    const known = predictor.logits(map);
    const outputs = head.bias.length;
    const logits = tf.add(
      tf.add(
        tf.matMul(features as tf.Tensor2D, tf.tensor2d(head.kernel, [rows, outputs])),
        head.bias,
      ),
      tf.matMul(known, tf.tensor2d(mixture, [mixture.length / outputs, outputs])),
    );
    const { references, neighbours, threshold, knownClasses } = novelty!;
    const scorer = new NoveltyModel(references, rows, neighbours, threshold);
    const photos = scorer.score(features.dataSync().subarray(0, rows)) / scorer.threshold;
    const knownOfUpright = known.dataSync().subarray(0, known.shape[1]);
    return {
      probabilities: [...classProbabilities(tf.mean(logits, 0).dataSync(), 1, temperature)],
      novelty: combinedNovelty(photos, knownOfUpright, {
        strength: 1,
        ...{ anchors, pooling, presentFrom: knownClasses!.presentFrom },
        classes: labels.map((id, index) => ({ id, index })),
      }),
    };
  });
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  expect(actual).toHaveLength(expected.length);
  const differences = expected.map((value, i) => Math.abs(value - actual[i]!));
  expect(Math.max(...differences)).toBeLessThan(tolerance);
}

/** Last maps of one place and of several, with an odd side too; and a base that pools by itself. */
const NETWORKS: Readonly<Record<string, () => tfl.LayersModel>> = {
  MobileNetV2: KERAS_NETWORKS['MobileNetV2']!,
  'a map of 8 rows': KERAS_NETWORKS['a convolution alone, at the end']!,
  'an odd map': () => network(9, (x) => through(x, conv(4, 3, { padding: 'valid' }))),
  'pooled features': () =>
    network(8, (x) => use(tfl.layers.globalAveragePooling2d({}))(conv(5, 3)(x))),
};

for (const [name, build] of Object.entries(NETWORKS)) {
  for (const knows of ['log-sum-exp', 'mean'] as const) {
    for (const classes of [2, 5]) {
      test(`what the base knows (${knows}) is part of every format: ${name}, ${classes} classes`, async () => {
        const model = build();
        const trained = trainedNetwork(model, { knows, classes });
        const { size } = trained.base;
        const pixels = noise(size);
        const scaled = Float32Array.from(pixels, (p) => p / 127.5 - 1);
        const expected = appAnswers(model, trained, pixels);
        const { base, labels, head, temperature, mirrored } = trained;
        const without = { base, labels, head, temperature, mirrored };
        const plainHead = runProgram(programOf(without, ALL), scaled);
        const effect = expected.probabilities.map((p, c) =>
          Math.abs(p - plainHead.probabilities[c]!),
        );
        expect(Math.max(...effect)).toBeGreaterThan(1e-4);

        const program = programOf(trained, ALL);
        const answers = runProgram(program, scaled);
        expectClose(answers.probabilities, expected.probabilities, 1e-5);
        expectClose(answers.novelty!, [expected.novelty], 1e-4);

        const { bytes } = onnxFiles(program, 'Test')[0]!;
        const plane = size * size;
        const first = scaled.map((_, i) => scaled[(i % plane) * 3 + Math.floor(i / plane)]!);
        const own = runOnnx(decodeOnnx(bytes), { shape: [1, 3, size, size], data: first });
        expectClose(own.get('probabilities')!.data, expected.probabilities, 1e-4);
        expectClose(own.get('novelty')!.data, [expected.novelty], 1e-4);
        const session = await InferenceSession.create(bytes);
        const results = await session.run({
          image: new Tensor('float32', first, [1, 3, size, size]),
        });
        expectClose(results['probabilities']!.data as Float32Array, expected.probabilities, 1e-4);
        expectClose(results['novelty']!.data as Float32Array, [expected.novelty], 1e-3);
        await session.release();

        const lite = await tfliteFiles(
          programOf(trained, { mirror: true, novelty: false }),
          'Test',
        );
        expectClose(runTflite(decodeTflite(lite[0]!.bytes), scaled), expected.probabilities, 1e-2);

        const oneView = { ...trained, mirrored: false };
        const plain = appAnswers(model, oneView, pixels);
        for (const writer of [layersModel, keras]) {
          const read = await writer.read(await writer.write(oneView, FACTS), trained);
          const { probabilities } = await read.answer(pixels);
          expectClose(probabilities, plain.probabilities, 1e-4);
          read.dispose();
        }
      });
    }
  }
}

test('an export with what the base knows comes back into the app, with the same answers', async () => {
  const model = NETWORKS['an odd map']!();
  const trained = trainedNetwork(model, { knows: 'log-sum-exp', classes: 5, mirrored: false });
  const { size } = trained.base;
  const pixels = noise(size);
  const expected = appAnswers(model, trained, pixels).probabilities;
  const written = await layersModel.write(trained, FACTS);
  const files = written.map(({ path, bytes }) => new File([bytes], path));
  const read = await readAnyModel({ files }, { asClassifier: true });
  const cut = await loadNetwork(
    { ...read, ...specOfMode('tf') },
    artifactsOf(read),
    size,
    TENSORS_ONLY,
  );
  const picture = { size, pictures: [{ rgb: Float32Array.from(pixels) }] };
  const features = [...(await cut.map(picture)).values];
  cut.dispose();
  const { kernel, bias } = read.classifier!.head;
  const logits = Array.from(bias, (start, o) =>
    features.reduce((sum, value, i) => sum + value * kernel[i * bias.length + o]!, start),
  );
  expectClose(classProbabilities(logits, 1), expected, 1e-4);
});
