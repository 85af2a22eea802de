import { expect, test } from '@playwright/test';
import type { FineTuningResult, ModelRecord } from '../../src/records/model.ts';
import { wholeHistory } from '../../src/models/whole-history.ts';
import { fineTunedPair } from '../../src/pages/models/fine-tuning-facts.ts';

const result: FineTuningResult = {
  options: { fromLayer: 'block_13_expand', epochs: 2, batchSize: 32, learningRate: 1e-5, alpha: 1 },
  trainableParameters: 100,
  history: [{ epoch: 1, loss: 0.1, accuracy: 1 }],
  epoch: 1,
  before: {},
  after: {},
  kept: true,
  headModelId: 'head',
  seconds: 1,
};

const model = (id: string, fineTuning?: FineTuningResult) =>
  ({
    id,
    history: [
      { epoch: 1, loss: 0.5, accuracy: 0.5 },
      { epoch: 2, loss: 0.4, accuracy: 0.7 },
    ],
    ...(fineTuning && { fineTuning }),
  }) as unknown as ModelRecord;

test.describe('a fine-tuning and its models', () => {
  const head = model('head');
  const tuned = model('tuned', result);
  const older = model('older');
  const models = [tuned, head, older];

  test('are found from the tuned model and from the head', () => {
    expect(fineTunedPair(tuned, models)).toEqual({ result, head, tuned });
    expect(fineTunedPair(head, models)).toEqual({ result, head, tuned });
    expect(fineTunedPair(older, models)).toBeUndefined();
  });

  test('no gain leaves the head alone', () => {
    const noGain = { ...result, kept: false };
    const stays = model('head', noGain);
    expect(fineTunedPair(stays, [stays])).toEqual({
      result: noGain,
      head: stays,
      tuned: undefined,
    });
  });

  test('a model that was just made is not among the stored yet; its head may be gone', () => {
    expect(fineTunedPair(tuned, [older])).toMatchObject({ head: undefined, tuned });
  });

  test('epochs are counted on', () => {
    expect(wholeHistory(tuned).map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(wholeHistory(head)).toEqual(head.history);
  });
});
