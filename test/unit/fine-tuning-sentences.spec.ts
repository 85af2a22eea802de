import { expect, test } from '@playwright/test';
import type { Validation } from '../../src/records/model.ts';
import { decisionSentence, fineTuningTitle } from '../../src/pages/models/fine-tuning-sentences.ts';
import { unfinishedSentence, unfinishedTitle } from '../../src/pages/train/unfinished-sentences.ts';
import { divergedSentence } from '../../src/widgets/result/result-sentences.ts';

const decision = (kept: boolean, before?: number, after?: number) => {
  const of = (accuracy?: number): Validation =>
    accuracy === undefined ? {} : { validationAccuracy: accuracy, validationLoss: 0.3 };
  return { kept, epoch: 3, before: of(before), after: of(after) };
};

test.describe('sentences of fine-tuning', () => {
  test('why the model was taken or left', () => {
    expect(decisionSentence(decision(true, 0.8, 0.9))).toContain('more validation photos right');
    expect(decisionSentence(decision(true, 0.9, 0.9))).toContain('no less sure');
    expect(decisionSentence(decision(true))).toContain('No photo is on the validation side');
    expect(decisionSentence(decision(false, 0.9, 0.8))).toContain('fewer validation photos right');
    expect(decisionSentence(decision(false, 0.9, 0.9))).toContain('less sure');
    // The head it began with: neither worse nor less sure.
    for (const none of [decision(false, 0.9, 0.9), decision(false)]) {
      expect(decisionSentence({ ...none, epoch: 0 })).toContain('None of its epochs');
    }
  });

  test('the title claims a gain only where there is one', () => {
    expect(fineTuningTitle(decision(true, 0.8, 0.9))).toBe('Fine-tuning helped');
    expect(fineTuningTitle(decision(true, 0.9, 0.9))).toBe('Fine-tuned');
    expect(fineTuningTitle(decision(true))).toBe('Fine-tuned');
    expect(fineTuningTitle(decision(false, 0.9, 0.8))).toBe('Fine-tuning was no gain');
  });

  test('a loss that was no number is told', () => {
    expect(divergedSentence({})).toBeUndefined();
    expect(divergedSentence({ divergedAtEpoch: 6 })).toContain('In epoch 6 of the training');
  });

  test('an interrupted training says where it stands, and what Discard leaves', () => {
    const unfinished = { preset: 'tutorial', stage: 'head', epoch: 12, epochs: 20 } as const;
    const saved = { ...unfinished, savedAt: 0 };
    expect(unfinishedTitle(saved)).toBe('A training was interrupted at epoch 12 of 20');
    expect(unfinishedSentence(saved, 'Model 3')).toContain('Model 3 and your photos stay');
    expect(unfinishedSentence(saved, undefined)).toContain('discard it, your photos stay');
    const message = 'This training ran on pictures of 160 pixels.';
    const obstacle = { problem: true, kind: 'other-base', message } as const;
    const sentence = unfinishedSentence({ ...saved, obstacle }, 'Model 3');
    expect(sentence).toContain(message);
    expect(sentence).toContain('Model 3 and your photos stay');
    expect(sentence).not.toContain('as if nothing had happened');
    expect(unfinishedSentence({ ...saved, stage: 'fineTuning' }, 'Model 3')).toContain(
      'The head is trained',
    );
  });
});
