import { expect, test } from '@playwright/test';
import {
  cancelledSentence,
  ofEnough,
  pausedSentence,
  pausedTitle,
  plannedStages,
  planSentence,
  runningSentence,
  stageSentence,
  timeLeftSentence,
  timeSentence,
  trainedSentence,
} from '../../src/pages/train/train-sentences.ts';
import {
  curveDescription,
  resultSentences,
  splitSentence,
} from '../../src/widgets/result/result-sentences.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { aboutTime } from '../../src/ui/phrases.ts';
import type { Evaluation } from '../../src/records/model.ts';
import type { TrainProgress } from '../../src/records/training.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const at = (stage: TrainProgress['stage'], epoch = 0, epochs = 40): TrainProgress => ({
  stage,
  epoch,
  epochs,
  progress: 0,
  paused: false,
  history: [],
  counts: { train: 1, validation: 1, test: 1 },
});

test('the plan counts each split', () => {
  expectSentences('plan', {
    'photos in each split': planSentence({ train: 41, validation: 9, test: 9 }),
    '1 photo': planSentence({ train: 1, validation: 0, test: 0 }),
    'while it runs': runningSentence({ train: 41, validation: 9, test: 9 }),
    'while it runs, before the photos are counted': runningSentence({
      train: 0,
      validation: 0,
      test: 0,
    }),
  });
});

test('of the photos that it takes, there are never more than it takes', () => {
  expect([0, 9, 10, 16].map(ofEnough)).toEqual(['0 of 10', '9 of 10', '10 of 10', '10 of 10']);
});

test('the result says what computed it, and how sure the accuracy is', () => {
  const trained = (seconds: number, backend: 'webgpu' | 'wasm') => {
    const photoIds = { train: Array<string>(41).fill(''), validation: [], test: [] };
    return trainedSentence({ photoIds, seconds, backend });
  };
  const result = (test?: Partial<Evaluation>) => {
    const { title, sentence } = resultSentences(test as Evaluation | undefined);
    return [title, sentence];
  };
  const confusion = [
    [12, 0],
    [1, 11],
  ];
  const none = { reliability: [], calibrationError: 0, mistakes: [] };
  expectSentences('result', {
    'on a GPU in 1.83 s': trained(1.83, 'webgpu'),
    'on a processor in 75.4 s': trained(75.4, 'wasm'),
    '23 of 24 right': result({ count: 24, correct: 23, loss: 0.1, confusion, ...none }),
    '24 test photos of a set’s own split': splitSentence({ count: 24 }, 24),
    '1 of 24 test photos of a set’s own split': splitSentence({ count: 24 }, 1),
    '12 of 24 test photos of a set’s own split': splitSentence({ count: 24 }, 12),
    'no test': result(),
    'no test photo': result({ count: 0, correct: 0, loss: 0, confusion: [], ...none }),
  });
});

test('the stages: a number for each epoch, a pause that loses none, and what is safe', () => {
  expectSentences('stages', {
    features: stageSentence(at('features')),
    'head, after 12 of 40': stageSentence(at('head', 12)),
    'head, at the beginning': stageSentence(at('head', 0)),
    'boundaries, before the fine-tuning': stageSentence(at('boundaries', 10, 20)),
    'boundaries, within the fine-tuning': stageSentence({
      ...at('boundaries', 12, 20),
      fineTuneFrom: 10,
    }),
    'fine-tuning, after 10 of 20': stageSentence(at('fineTuning', 10, 20)),
    'fine-tuning, at the end': stageSentence(at('fineTuning', 20, 20)),
    'paused after epoch 12': [pausedTitle(at('head', 12)), pausedSentence(at('head', 12))],
    'paused before the first': [pausedTitle(at('features')), pausedSentence(at('features'))],
    'cancelled, a model is in use': cancelledSentence('Model 3'),
    'cancelled, no model': cancelledSentence(undefined),
  });
});

test('what is planned: the stages that take their time, and how long about', () => {
  const estimate = {
    hyperparameters: hyperparametersOf({ preset: 'tutorial' }, 'block_11'),
    counts: { train: 20, validation: 4, test: 4 },
    stageSeconds: { features: 14, head: 0.4, boundaries: 42, fineTuning: 130 },
    seconds: 186.4,
    measured: true,
  };
  const quick = {
    ...estimate,
    hyperparameters: hyperparametersOf({ preset: 'quick' }, 'block_11'),
    stageSeconds: {},
  };
  const stages = (planned: typeof estimate | typeof quick) =>
    plannedStages(planned).map(({ what, time }) => `${what}: ${time}`);
  expect(stages(quick)).toHaveLength(1);
  expect(timeLeftSentence(at('features'))).toBe('');
  expectSentences('time', {
    'stages of a fine-tuning': stages(estimate),
    'stages of a head': stages(quick),
    'in all, measured': timeSentence(estimate),
    'in all, estimated': timeSentence({ ...estimate, measured: false }),
    '58 s left': timeLeftSentence({ ...at('head', 3), secondsLeft: 58 }),
  });
});

test('about how long: as exact as a forecast can be', () => {
  const seconds = [0, 4, 11, 29, 57, 89, 3599, 5400];
  expectSentences('about-how-long', {
    ...Object.fromEntries(seconds.map((each) => [`${each} s`, aboutTime(each)])),
  });
});

test('the curves in words, with and without validation', () => {
  const epoch = { epoch: 1, loss: 0.5, accuracy: 0.75 };
  expectSentences('curves', {
    '1 epoch': curveDescription([epoch]),
    '2 epochs, validation': curveDescription([epoch, { ...epoch, validationAccuracy: 0.9 }]),
    '2 epochs, 1 of them fine-tuning': curveDescription([epoch, epoch], 1),
    '1 epoch, fine-tuning to come': curveDescription([epoch], 1),
  });
});
