import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { freezeLayers } from '../../src/learning/network/build-frozen-network.ts';
import { loadTail } from '../../src/learning/fine-tune/tail-weights.ts';
import { splitNetwork } from '../../src/learning/fine-tune/split-network.ts';
import { Adam } from '../../src/learning/optim/adam.ts';
import { runEpochs } from '../../src/learning/optim/epoch-loop.ts';
import { createFeatureExtractor } from '../../src/learning/features/feature-extractor.ts';
import { splitFor } from '../../src/learning/fine-tune/fine-tune.ts';
import { HeadPrior } from '../../src/learning/head/head-prior.ts';
import { TENSORS_ONLY, type NetworkBackend } from '../../src/learning/network/network.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import type { Prior } from '../../src/records/prior.ts';
import { makeTinyBase } from '../fixtures/base-tiny.ts';
import { anyKnown, biasValues, CHANNELS, kernelValues } from '../fixtures/known-predictor.ts';
import { Random } from '../../src/platform/random.ts';
import { headTrial } from '../fixtures/epoch-loop-setting.ts';
import { onFailingBackend } from '../fixtures/failing-backend.ts';
import { networkModel, smallNetwork } from '../fixtures/fine-tune-checks.ts';
import { PLANS_ON_WASM } from '../fixtures/relaxed-wasm.ts';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { FROM, picturesOf, pictureTensor, tailTrial } from '../fixtures/fine-tune-setting.ts';

test.beforeAll(async () => {
  startWasm();
  await tf.setBackend('wasm');
});

/** Calls at the end that are tried one by one in any case: they join what was made before. */
const LAST_CALLS = 8;

/**
 * Runs `work` once for each call of the backend that may fail, and counts the tensors after each.
 *
 * @param setUp makes what `work` needs; `clear` disposes what is left of it if `work` failed
 * @param every fails only each so many-th call, where trying all would take long
 */
async function failAtEachCall<Given>(
  setUp: () => Given | Promise<Given>,
  work: (given: Given) => unknown,
  clear: (given: Given) => void,
  every = 1,
): Promise<void> {
  const given = await setUp();
  const { calls } = await onFailingBackend(Infinity, () => work(given));
  expect(calls).toBeGreaterThan(0);
  const lastFrom = calls - LAST_CALLS + 1;
  for (let from = 1; from <= calls; from = Math.max(from + 1, Math.min(from + every, lastFrom))) {
    const before = tf.memory().numTensors;
    const given = await setUp();
    const { failed } = await onFailingBackend(from, () => work(given));
    expect(failed, `call ${from} of ${calls}`).toBe(true);
    clear(given);
    expect(tf.memory().numTensors - before, `tensors left when call ${from} failed`).toBe(0);
  }
}

const nothing = () => undefined;
const network = () => networkModel(smallNetwork());
test('a head that cannot be made leaves no tensor', async () => {
  const make = () => DenseHead.create(12, 3, new Random(1));
  await failAtEachCall(nothing, make, nothing);
});

test('an optimizer that cannot be made, or fails in a step, leaves no tensor', async () => {
  await failAtEachCall(
    () => tf.tidy(() => [tf.variable(tf.tensor1d([1, 2])), tf.variable(tf.tensor1d([3]))]),
    (variables) => {
      const optimizer = new Adam(variables);
      try {
        optimizer.step(variables, 0.1);
      } finally {
        optimizer.dispose();
      }
    },
    (variables) => {
      tf.dispose(variables);
    },
  );
});

test('a training of a head that fails anywhere leaves no tensor', async () => {
  await failAtEachCall(
    () => headTrial(),
    ({ loop }) => runEpochs(loop),
    (trial) => {
      trial.dispose();
    },
    7,
  );
});

test('the gradients of a fine-tuning that fail anywhere leave no tensor', async () => {
  const examples = Array.from({ length: 20 }, (_, photo) => ({
    photo,
    variant: 'plain',
    label: photo % 2,
  }));
  await failAtEachCall(
    async () => {
      const trial = await tailTrial({ options: { l2: 1e-2 } });
      await trial.learner.prepare(['plain']);
      // Caches the boundary activations.
      await trial.data.boundaries(examples);
      return trial;
    },
    ({ learner }) => learner.gradients(examples, new Random(1)),
    (trial) => {
      trial.dispose();
    },
    37,
  );
});

test('a forward pass that fails in any step, or is given up, leaves no tensor', async () => {
  await failAtEachCall(
    async () => ({
      frozen: freezeLayers(await network()),
      picture: pictureTensor(picturesOf([0], 2, 1)),
    }),
    ({ frozen, picture }) => frozen.run(picture),
    ({ frozen, picture }) => {
      frozen.dispose();
      picture.dispose();
    },
  );
  const frozen = freezeLayers(await network());
  const picture = pictureTensor(picturesOf([0], 2, 1));
  const before = tf.memory().numTensors;
  const pass = frozen.pass(picture);
  for (let step = 0; step < 5; step++) pass.next();
  pass.return([picture]);
  expect(tf.memory().numTensors).toBe(before);
  frozen.dispose();
  picture.dispose();
});

test('a network that cannot be frozen leaves no tensor', async () => {
  await failAtEachCall(network, freezeLayers, nothing, 3);
});

test('a network that cannot be split leaves no tensor', async () => {
  await failAtEachCall(network, (model) => splitNetwork(model, FROM), nothing, 3);
});

test('a copy of a tail that cannot be made leaves no tensor', async () => {
  await failAtEachCall(
    async () => splitNetwork(await network(), FROM),
    ({ tail }) => tail.freeze(),
    ({ frozen, tail }) => {
      frozen.dispose();
      tail.dispose();
    },
  );
});

test('a fine-tuned network that cannot be built leaves no tensor', async () => {
  const ones = (model: LayersModel) => (name: string) => {
    const layer = model.layers.find((each) => name.startsWith(`${each.name}/`))!;
    const kind = name.slice(layer.name.length + 1);
    const weight = layer.weights.find(({ originalName }) => originalName.endsWith(`/${kind}`))!;
    return new Float32Array(tf.util.sizeFromShape(weight.shape as number[])).fill(1).buffer;
  };
  await failAtEachCall(network, (model) => loadTail(model, FROM, ones(model)), nothing, 3);
});

/** A prior of two of the three classes of `anyPredictor`, and its weights. */
const PRIOR: Prior = {
  strength: 3,
  anchors: 1,
  pooling: 'mean',
  classes: [
    { id: 'cat', index: 0 },
    { id: 'dog', index: 2 },
  ],
};
const priorWeights = () => [kernelValues(1).slice(0, 2 * CHANNELS), biasValues(1).slice(0, 2)];

test('a prior that cannot be made leaves no tensor', async () => {
  const known = anyKnown(PRIOR);
  await failAtEachCall(nothing, () => HeadPrior.of({ prior: PRIOR }, known), nothing);
  const [kernel, bias] = priorWeights().map(({ buffer }) => buffer);
  await failAtEachCall(nothing, () => HeadPrior.fromBytes(PRIOR, kernel!, bias!), nothing);
});

test('a base whose known classes cannot be read leaves no tensor', async () => {
  const made = makeTinyBase({ blocks: 1 });
  const file = { path: 'known-classes.bin', bytes: 3, sha256: '' };
  const knows = { classes: [], anchors: 2, pooling: 'mean', present: [], file, golden: [] };
  const files = new Map(
    [...made.files].map(([path, bytes]) => [path, Uint8Array.from(bytes).buffer] as const),
  );
  const paths = [...files.keys()].map((path) => ({ path, sha256: '0'.repeat(64) }));
  const spec = { ...made.spec, files: paths, knows } as unknown as BaseSpec;
  files.set(file.path, new ArrayBuffer(3));
  const before = tf.memory().numTensors;
  const making = createFeatureExtractor({ spec, url: '' }, files, 32, TENSORS_ONLY);
  await expect(making).rejects.toThrow(RangeError);
  expect(tf.memory().numTensors - before).toBe(0);
});

test('a network that cannot be run in two parts leaves no tensor', async () => {
  const split = (model: LayersModel, backend: NetworkBackend) => {
    const loadLayers = () => Promise.resolve(model);
    // A plan asks for the input range.
    return splitFor({ loadLayers, spec: {} as BaseSpec, inputSize: 32, backend }, FROM);
  };
  await failAtEachCall(network, (model) => split(model, TENSORS_ONLY), nothing, 3);
  const before = tf.memory().numTensors;
  await expect(network().then((model) => split(model, PLANS_ON_WASM))).rejects.toThrow(TypeError);
  expect(tf.memory().numTensors - before).toBe(0);
});
