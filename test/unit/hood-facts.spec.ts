import { expect, test } from '@playwright/test';
import { hoodSections } from '../../src/pages/train/hood-facts.ts';
import type { EngineInfo } from '../../src/records/engine.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import type { Prior, PriorChoice } from '../../src/records/prior.ts';
import { QUICK } from '../fixtures/quick-hyperparameters.ts';

const CHOICE: PriorChoice = {
  known: ['cat', 'dog'],
  trials: [
    { strength: 4, l2: 0.5, loss: 0.0513 },
    { strength: 0, l2: 0.05, loss: 0.1234 },
  ],
  count: 20,
};

function factsOf(more: Partial<ModelRecord>): Record<string, string | number> {
  const model = {
    ...{ name: 'Mine', hyperparameters: { ...QUICK, l2: 10 / 3 }, weights: [], temperature: 1 },
    ...{ sha256: '', seconds: 1 },
    ...more,
  } as unknown as ModelRecord;
  return Object.fromEntries(hoodSections(undefined, model).flatMap(({ facts }) => facts));
}

test('under the hood stands how much of what the base knows is used, and why', () => {
  const prior = { strength: 4 } as Prior;
  expect(factsOf({ prior, priorChoice: CHOICE })).toMatchObject({
    Strength: '4',
    'Loss by strength': '4: 0.051 · 0: 0.123',
    'Photos compared': 20,
    'L2 regularisation': '3.33',
  });
  expect(factsOf({ priorChoice: CHOICE })['Strength']).toBe(
    'none: the training photos speak against it',
  );
});

test('a model without known classes says nothing of them', () => {
  expect(factsOf({})).not.toHaveProperty('Strength');
});

const READ = 'Those of the last layer, and those of an earlier layer';

test('under the hood stands whether the head reads an earlier layer, and why', () => {
  const further = { layer: 'block_3_project_BN', length: 32, scale: 1.25 };
  const helped = { further, furtherChoice: { alone: 0.6, together: 0.2, count: 20 } };
  const facts = factsOf(helped);
  expect(facts['Features']).toMatch(READ);
  expect(facts).toMatchObject({
    'Earlier layer': 'block_3_project_BN',
    'Loss without and with them': '0.600 · 0.200',
    'Photos compared': 20,
  });
  const alone = factsOf({ furtherChoice: { alone: 0.05, count: 20 } });
  expect(alone['Features']).toMatch('Those of the last layer alone');
  expect(alone['Loss without and with them']).toBe('0.050');
  expect(alone).not.toHaveProperty('Earlier layer');
  // One that came from another phone says only what it reads.
  expect(factsOf({ further })['Features']).toMatch(READ);
  expect(factsOf({ further })).not.toHaveProperty('Photos compared');
  expect(factsOf({})).not.toHaveProperty('Features');
});

test('the GPU’s own time for a picture stands beside its backend, where it is known', () => {
  const info = {
    ...{ backend: 'webgpu', device: 'GPU', inputSize: 160, selfTestDifference: 0, refused: [] },
    timings: { base: 1, backend: 1, selfTest: 1, forward: 9 },
    base: { provenance: {}, licence: {} },
  } as unknown as EngineInfo;
  const backendOf = (gpuMilliseconds?: number) => {
    const now = { tensors: 1, bytes: 1, ...(gpuMilliseconds !== undefined && { gpuMilliseconds }) };
    const facts = hoodSections(info, undefined, now).flatMap((section) => section.facts);
    return Object.fromEntries(facts)['Backend'];
  };
  expect(backendOf()).toBe('WebGPU');
  expect(backendOf(3.14)).toBe('WebGPU: 3.1 ms a picture by the GPU’s clock');
});
