import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { startWasm } from '../../scripts/wasm-in-node.ts';
import { inspectModel } from '../../src/learning/bases/own/inspect-model.ts';
import { artifactsOf, readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import { Problem } from '../../src/platform/problem.ts';
import { fusedFiles, fusedModel } from '../fixtures/fused-graph.ts';
import { spoiltJson } from '../fixtures/spoilt-json.ts';

test('a GraphModel that is spoilt in one place gives a base, or a problem in words', async () => {
  startWasm();
  await tf.setBackend('wasm');
  const files = fusedFiles(fusedModel([1, 1, 1, 1], ['BiasAdd', 'Relu']));
  const json: unknown = JSON.parse(Buffer.from(files.get('model.json')!).toString());
  const weights = new File([Buffer.from(files.get('w.bin')!)], 'w.bin');
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(spoiltJson([json], ['Relu', 'x', 'map', 'map:0', -1]), async (spoilt) => {
      const source = { files: [new File([JSON.stringify(spoilt)], 'model.json'), weights] };
      const { numTensors } = tf.memory();
      try {
        const model = await readAnyModel(source, { asClassifier: true });
        const facts = await inspectModel(model, artifactsOf(model));
        expect(facts.featureLength).toBeGreaterThan(0);
        read++;
      } catch (thrown) {
        if (!(thrown instanceof Problem)) throw thrown;
        expect(thrown.message).toMatch(/\p{L}/u);
        refused++;
      }
      expect(tf.memory().numTensors).toBe(numTensors);
    }),
    { numRuns: 100, seed: 6 },
  );
  expect(read).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
