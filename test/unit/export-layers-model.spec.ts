import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { ExportedFile } from '../../src/models/formats/exported-file.ts';
import {
  layersModelFiles,
  teachableMachineFiles,
} from '../../src/models/formats/layers-model/layers-model.ts';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const FACTS = { appVersion: '0.0.0', createdAt: '2026-01-01T00:00:00.000Z' };

function jsonOf(files: readonly ExportedFile[], path: string) {
  const { bytes } = files.find((file) => file.path === path)!;
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, object>;
}

/** Loads the files with tfjs-layers and predicts, as a program of somebody else does. */
async function predict(files: readonly ExportedFile[], pictures: Float32Array, size: number) {
  const json = jsonOf(files, 'model.json');
  const weights = files.find(({ path }) => path === 'weights.bin')!;
  const model = await tfl.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json['modelTopology']!,
      weightSpecs: (json['weightsManifest'] as { weights: tf.io.WeightsManifestEntry[] }[])[0]!
        .weights,
      weightData: weights.bytes.buffer,
    }),
  );
  const output = tf.tidy(() =>
    (model.predict(tf.tensor4d(pictures, [2, size, size, 3])) as tf.Tensor).dataSync(),
  );
  const classes = model.layers.map((layer) => layer.getClassName());
  model.dispose();
  return { output, classes };
}

/** Layers of this project, which no other program knows. */
const OWN = /^(Grouped|Keepdims|Normalization|LayerScale|Rescaling)/;

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  test(`the LayersModel of ${name} has only common layers and gives the same answers`, async () => {
    const network = trainedNetwork(build(), { mirrored: false, classes: 3 });
    const { size } = network.base;
    const pictures = randomPictures(2, size);
    if (name.startsWith('a model within')) {
      expect(() => layersModelFiles(network, FACTS)).toThrow('Model');
      return;
    }
    const files = layersModelFiles(network, FACTS);
    const { output, classes } = await predict(files, pictures, size);
    expect(classes.filter((each) => OWN.test(each))).toEqual([]);
    if (name.startsWith('a batch normalisation over rows')) return;
    const expected = runProgram(
      programOf(network, { mirror: false, novelty: false, knownClasses: false }),
      pictures,
    );
    const differences = output.map((value, i) => Math.abs(value - expected.probabilities[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });
}

test('Teachable Machine’s model takes pixels as its package maps them', async () => {
  const network = trainedNetwork(KERAS_NETWORKS['MobileNetV2']!(), { mirrored: false });
  const { size } = network.base;
  const pictures = randomPictures(2, size);
  const files = teachableMachineFiles(network, 'Tabby', FACTS);
  expect(jsonOf(files, 'metadata.json')).toMatchObject({
    packageName: '@teachablemachine/image',
    modelName: 'Tabby',
    labels: network.labels,
    imageSize: size,
  });
  const asPackage = pictures.map((x) => (127.5 * x + 127.5) / 127 - 1);
  const { output } = await predict(files, asPackage, size);
  const expected = runProgram(
    programOf(network, { mirror: false, novelty: false, knownClasses: false }),
    pictures,
  );
  const differences = output.map((value, i) => Math.abs(value - expected.probabilities[i]!));
  expect(Math.max(...differences)).toBeLessThan(1e-4);
});
