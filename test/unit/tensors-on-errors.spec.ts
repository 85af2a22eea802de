import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DenseHead } from '../../src/learning/head/dense-head.ts';
import { freezeLayers } from '../../src/learning/network/build-frozen-network.ts';
import { loadTail } from '../../src/learning/fine-tune/tail-weights.ts';
import { splitNetwork } from '../../src/learning/fine-tune/split-network.ts';
import { Adam } from '../../src/learning/optim/adam.ts';
import { runEpochs } from '../../src/learning/optim/epoch-loop.ts';
import { Random } from '../../src/platform/random.ts';
import { headTrial } from '../fixtures/epoch-loop-setting.ts';
import { onFailingBackend } from '../fixtures/failing-backend.ts';
import { networkModel, smallNetwork, startWasm } from '../fixtures/fine-tune-checks.ts';
import { FROM, picturesOf, pictureTensor, tailTrial } from '../fixtures/fine-tune-setting.ts';

test.beforeAll(async () => {
  startWasm();
  await tf.setBackend('wasm');
});

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
  let from = 1;
  for (let failed = true; failed; from += every) {
    const before = tf.memory().numTensors;
    const given = await setUp();
    failed = await onFailingBackend(from, () => work(given));
    if (!failed) return;
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
  pass.return(picture);
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
