import { expect, test } from '@playwright/test';
import { DeviceWatch } from '../../src/learning/backend/device-watch.ts';
import type { FeatureExtractor } from '../../src/learning/features/feature-extractor.ts';
import { LiveClassifier } from '../../src/learning/worker/live-classifier.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import type { Prior } from '../../src/records/prior.ts';

const CHANNELS = 5;
const PRIOR: Prior = {
  ...{ strength: 3, anchors: 1, pooling: 'mean' },
  classes: [
    { id: 'cat', index: 0 },
    { id: 'dog', index: 2 },
  ],
};
const LENGTHS = {
  'dense/kernel': CHANNELS,
  'dense/bias': 1,
  'known/kernel': 2 * CHANNELS,
  'known/bias': 2,
};
type Name = keyof typeof LENGTHS;

/** A model of weights of such lengths, on a base of five channels. */
function make(lengths: Partial<typeof LENGTHS>): LiveClassifier {
  const model = {
    untrained: true,
    name: 'Model 1',
    prior: PRIOR,
    weights: Object.entries(lengths).map(([name, length]) => ({
      ...{ name, shape: [length], dtype: 'float32' },
    })),
  } as unknown as ModelRecord;
  const total = Object.values(lengths).reduce((sum, length) => sum + length, 0);
  const extractor = { spec: { featureLength: CHANNELS } } as FeatureExtractor;
  return new LiveClassifier(model, new ArrayBuffer(4 * total), extractor, new DeviceWatch());
}

test('a model answers with all of its weights, and is damaged without one or with another size', () => {
  expect(make(LENGTHS).plainHead.kernel).toHaveLength(CHANNELS);
  for (const name of Object.keys(LENGTHS) as Name[]) {
    const { [name]: length, ...others } = LENGTHS;
    expect(() => make(others), `without ${name}`).toThrow('damaged');
    expect(() => make({ ...others, [name]: length + 1 }), `longer ${name}`).toThrow('damaged');
  }
});
