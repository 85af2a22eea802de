import { expect, test } from '@playwright/test';
import {
  cancelledSentence,
  pausedSentence,
  pausedTitle,
  plannedStages,
  planSentence,
  stageSentence,
  timeLeftSentence,
  timeSentence,
  trainedSentence,
  untaughtSentence,
} from '../../src/pages/train/train-sentences.ts';
import { curveDescription, resultSentences } from '../../src/widgets/result/result-sentences.ts';
import { hyperparametersOf } from '../../src/learning/optim/hyperparameters.ts';
import { aboutTime } from '../../src/ui/phrases.ts';
import type { TrainProgress } from '../../src/records/training.ts';

const confusion = [
  [12, 0],
  [1, 11],
];

const NOT_LOOKED_AT = { reliability: [], calibrationError: 0, mistakes: [] };

const at = (stage: TrainProgress['stage'], epoch = 0, epochs = 40): TrainProgress => ({
  stage,
  epoch,
  epochs,
  progress: 0,
  paused: false,
  history: [],
  counts: { train: 1, validation: 1, test: 1 },
});

test.describe('sentences of Train', () => {
  test('the plan counts each side', () => {
    expect(planSentence({ train: 41, validation: 9, test: 9 })).toBe(
      '41 photos to learn from, 9 to check with, 9 to test.',
    );
    expect(planSentence({ train: 1, validation: 0, test: 0 })).toBe(
      '1 photo to learn from, none to check with, none to test.',
    );
  });

  test('the result says what computed it', () => {
    const photoIds = { train: Array<string>(41).fill(''), validation: [], test: [] };
    expect(trainedSentence({ photoIds, seconds: 1.83, backend: 'webgpu' })).toBe(
      'Trained on 41 photos in 1.8 s, on this phone’s GPU',
    );
    expect(trainedSentence({ photoIds, seconds: 75.4, backend: 'wasm' })).toBe(
      'Trained on 41 photos in 75 s, on this phone’s processor',
    );
  });

  test('the accuracy comes with how sure it is', () => {
    const { title, sentence } = resultSentences({
      ...{ count: 24, correct: 23, loss: 0.1, confusion },
      ...NOT_LOOKED_AT,
    });
    expect(title).toBe('23 of 24 test photos right');
    expect(sentence).toContain('Likely between 80 and 99%');
  });

  test('without test photos nothing is claimed', () => {
    expect(resultSentences(undefined).title).toBe('Not tested yet');
    expect(
      resultSentences({ count: 0, correct: 0, loss: 0, confusion: [], ...NOT_LOOKED_AT }).title,
    ).toBe('Not tested yet');
  });

  test('classes without photos are named', () => {
    const of = (name: string, training: number) => ({
      id: name,
      name,
      order: 0,
      palette: 0,
      photos: training,
      training,
      validation: 0,
      test: 0,
    });
    expect(untaughtSentence([of('Cat', 3), of('Dog', 1)])).toBeUndefined();
    expect(untaughtSentence([of('Cat', 3), of('Fox', 0)])).toBe(
      'Fox has no photos to learn from yet. Take a few, then train again.',
    );
    expect(untaughtSentence([of('Cat', 3), of('Fox', 0), of('Owl', 0), of('Cup', 0)])).toContain(
      'Fox, Owl, and Cup have no photos',
    );
  });

  test('the stages', () => {
    expect(stageSentence(at('features'))).toBe('Looking at your photos');
    expect(stageSentence(at('head', 12))).toBe('Learning: epoch 12 of 40');
    expect(stageSentence(at('head', 0))).toBe('Learning: epoch 1 of 40');
    expect(stageSentence(at('boundaries', 10, 20))).toBe('Preparing to fine-tune');
    // Within the fine-tuning it is no stage of its own.
    expect(stageSentence({ ...at('boundaries', 12, 20), fineTuneFrom: 10 })).toBe(
      'Fine-tuning: epoch 13 of 20',
    );
    expect(stageSentence(at('fineTuning', 10, 20))).toBe('Fine-tuning: epoch 11 of 20');
    expect(stageSentence(at('fineTuning', 20, 20))).toBe('Fine-tuning: epoch 20 of 20');
  });

  test('what is planned: the stages that take their time, and how long about', () => {
    const estimate = {
      hyperparameters: hyperparametersOf({ preset: 'tutorial' }, 'block_11'),
      counts: { train: 20, validation: 4, test: 4 },
      stageSeconds: { features: 14, head: 0.4, boundaries: 42, fineTuning: 130 },
      seconds: 186.4,
      measured: true,
    };
    expect(plannedStages(estimate)).toEqual([
      { what: 'Looks at your photos', time: 'about 15 seconds' },
      { what: 'Trains the head: 10 epochs', time: 'a few seconds' },
      { what: 'Prepares to fine-tune', time: 'about 40 seconds' },
      { what: 'Fine-tunes: 10 epochs', time: 'about 2 minutes' },
    ]);
    expect(timeSentence(estimate)).toBe('About 3 minutes in all, by what this phone took before.');
    expect(timeSentence({ ...estimate, measured: false })).toContain('reckoned');
    const quick = {
      ...estimate,
      hyperparameters: hyperparametersOf({ preset: 'quick' }, 'block_11'),
      stageSeconds: {},
    };
    expect(plannedStages(quick)).toEqual([
      { what: 'Trains the head: 40 epochs', time: 'a few seconds' },
    ]);
    expect(timeLeftSentence({ ...at('head', 3), secondsLeft: 58 })).toBe('About 1 minute left');
    expect(timeLeftSentence(at('features'))).toBe('');
  });

  test('about how long: as exact as a forecast can be', () => {
    expect([0, 4, 11, 29, 57, 89, 3599, 5400].map(aboutTime)).toEqual([
      'a few seconds',
      ...['about 5 seconds', 'about 10 seconds', 'about 30 seconds', 'about 1 minute'],
      ...['about 1 minute', 'about 1 hour', 'about 1.5 hours'],
    ]);
  });

  test('a pause says where it is, and that closing the app loses no epoch', () => {
    expect(pausedTitle(at('head', 12))).toBe('Paused after epoch 12 of 40');
    expect(pausedSentence(at('head', 12))).toContain('the epochs so far are kept');
    expect(pausedTitle(at('features'))).toBe('Paused before the first epoch');
    expect(pausedSentence(at('features'))).toBe('It goes on when you continue.');
  });

  test('the curves in words, with and without validation', () => {
    const epoch = { epoch: 1, loss: 0.5, accuracy: 0.75 };
    expect(curveDescription([epoch])).toBe('Training accuracy 75% after 1 epoch.');
    expect(curveDescription([epoch, { ...epoch, validationAccuracy: 0.9 }])).toBe(
      'Training accuracy 75%, validation accuracy 90% after 2 epochs.',
    );
    expect(curveDescription([epoch, epoch], 1)).toBe(
      'Training accuracy 75% after 2 epochs. Fine-tuning begins after epoch 1.',
    );
    expect(curveDescription([epoch], 1)).toBe('Training accuracy 75% after 1 epoch.');
  });

  test('after Cancel: what is safe', () => {
    expect(cancelledSentence('Model 3')).toContain('Model 3 is still in use');
    expect(cancelledSentence(undefined)).toBe('You stopped the training. Your photos are safe.');
  });
});
