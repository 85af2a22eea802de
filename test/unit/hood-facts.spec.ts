import { expect, test } from '@playwright/test';
import { hoodSections } from '../../src/pages/train/hood-facts.ts';
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
