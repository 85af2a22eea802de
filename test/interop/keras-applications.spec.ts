import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { inspectModel } from '../../src/learning/bases/own/inspect-model.ts';
import { modeFor } from '../../src/learning/bases/own/own-spec.ts';
import { classProbabilities } from '../../src/learning/evaluate/probabilities.ts';
import { specOfMode } from '../../src/learning/model-files/preprocessing-mode.ts';
import { artifactsOf, readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import { loadNetwork } from '../../src/learning/network/load-network.ts';
import type { PreprocessingMode } from '../../src/records/base-inspection.ts';
import { PLANS_ON_WASM } from '../fixtures/relaxed-wasm.ts';
import { IS_LIMITED, PYTHON, WITHOUT_PYTHON } from './python.ts';

/** Made by `npm run test:interop`, with test/interop/make_keras_models.py. */
const FOLDER = 'build/keras-models';

/** What Keras computed with a model. */
interface Expected {
  readonly size: number;
  readonly mode: PreprocessingMode;
  readonly features?: readonly number[];
  readonly probabilities?: readonly number[];
}

/** The first layer from which the app fine-tunes; null where its last layers cannot learn here. */
const FINE_TUNED_FROM: Readonly<Record<string, string | null>> = {
  MobileNet: 'conv1',
  MobileNetV2: 'Conv1',
  MobileNetV3Small: 'conv',
  EfficientNetB0: 'block7a_project_conv',
  ResNet50: 'conv1_conv',
  DenseNet121: 'conv1_conv',
  NASNetMobile: null,
  InceptionV3: 'conv2d',
  Xception: 'block14_sepconv2_bn',
  VGG16: 'block1_conv1',
};

test.beforeAll(async () => {
  startWasm();
  await tf.setBackend('wasm');
});

const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
test.skip(PYTHON === undefined || IS_LIMITED, WITHOUT_PYTHON);

for (const file of files.filter((name) => /\.(h5|keras|layers|graph)$/.test(name))) {
  test(`Keras computes the same: ${file}`, async () => {
    const stem = file.replace(/\.\w+$/, '');
    const expected = JSON.parse(readFileSync(join(FOLDER, `${stem}.json`), 'utf8')) as Expected;
    const source = { files: filesOf(file) };
    const model = await readAnyModel(source, { asClassifier: true });
    const artifacts = artifactsOf(model);
    const facts = await inspectModel(model, artifacts);
    const isGraph = file.endsWith('.graph');
    // A graph tells the names of its operations alone, so the person is asked.
    if (!isGraph) expect(modeFor(model, facts)).toBe(expected.mode);
    const { size } = expected;
    const spec = { ...model, ...specOfMode(expected.mode) };
    const network = await loadNetwork(spec, artifacts, size, PLANS_ON_WASM);
    const bytes = new Uint8Array(readFileSync(join(FOLDER, `picture_${size}.bin`)));
    const reader = await network.reader({});
    const picture = { size, pictures: [{ rgb: Float32Array.from(bytes) }] };
    const values = [...(await reader.read(picture)).features];
    reader.dispose();
    network.dispose();
    if (expected.features) {
      expect(largestDifference(values, expected.features)).toBeLessThan(1e-3);
      expect(facts.fineTuneFrom ?? null).toBe(isGraph ? null : FINE_TUNED_FROM[stem]);
      return;
    }
    const { kernel, bias } = model.classifier!.head;
    const outputs = bias.length;
    const logits = Array.from(bias, (start, output) =>
      values.reduce((sum, value, i) => sum + value * kernel[i * outputs + output]!, start),
    );
    const probabilities = [...classProbabilities(logits, 1)];
    expect(largestDifference(probabilities, expected.probabilities!)).toBeLessThan(1e-4);
  });
}

/** A file, or the files of a folder that the converter of TensorFlow.js wrote. */
function filesOf(name: string): File[] {
  const path = join(FOLDER, name);
  const names = statSync(path).isDirectory()
    ? readdirSync(path).map((each) => join(path, each))
    : [path];
  return names.map((each) => new File([readFileSync(each)], basename(each)));
}

function largestDifference(got: readonly number[], expected: readonly number[]): number {
  expect(got).toHaveLength(expected.length);
  return Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)));
}
