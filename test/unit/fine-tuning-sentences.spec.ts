import { expect, test } from '@playwright/test';
import type { Validation } from '../../src/records/model.ts';
import { decisionSentence, fineTuningTitle } from '../../src/pages/models/fine-tuning-sentences.ts';
import { unfinishedSentence, unfinishedTitle } from '../../src/pages/train/unfinished-sentences.ts';
import { divergedSentence } from '../../src/widgets/result/result-sentences.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const decision = (kept: boolean, before?: number, after?: number, epoch = 3) => {
  const of = (accuracy?: number): Validation =>
    accuracy === undefined ? {} : { validationAccuracy: accuracy, validationLoss: 0.3 };
  return { kept, epoch, before: of(before), after: of(after) };
};

test('why the model was taken or left, and a title that claims a gain only where there is one', () => {
  const decisions = {
    'taken, more right': decision(true, 0.8, 0.9),
    'taken, as many right': decision(true, 0.9, 0.9),
    'taken, no validation photo': decision(true),
    'left, fewer right': decision(false, 0.9, 0.8),
    'left, as many right': decision(false, 0.9, 0.9),
    'left, the head was best': decision(false, 0.9, 0.9, 0),
    'left, the head was best, no validation photo': decision(false, undefined, undefined, 0),
  };
  const said = Object.entries(decisions).map(([when, each]) => [
    when,
    [fineTuningTitle(each), decisionSentence(each)],
  ]);
  expectSentences('fine-tuning', Object.fromEntries(said) as Record<string, string[]>);
});

test('a loss that was no number is told with its epoch', () => {
  expect(divergedSentence({})).toBeUndefined();
  expect(divergedSentence({ divergedAtEpoch: 6 })).toContain('6');
});

test('an interrupted training says where it stands, and what Discard leaves', () => {
  const saved = { preset: 'tutorial', stage: 'head', epoch: 12, epochs: 20, savedAt: 0 } as const;
  const message = 'This training ran on pictures of 160 pixels.';
  const obstacle = { problem: true, kind: 'other-base', message } as const;
  expectSentences('unfinished', {
    title: unfinishedTitle(saved),
    'a model is in use': unfinishedSentence(saved, 'Model 3'),
    'no model is in use': unfinishedSentence(saved, undefined),
    'it cannot go on': unfinishedSentence({ ...saved, obstacle }, 'Model 3'),
    'it was fine-tuning': unfinishedSentence({ ...saved, stage: 'fineTuning' }, 'Model 3'),
  });
});
