import { expect, test } from '@playwright/test';
import { answeringModel, isEarlierChoice } from '../../src/models/answering-model.ts';
import { isGuessing, objectionTo } from '../../src/models/objection.ts';
import type { Evaluation, ModelRecord } from '../../src/records/model.ts';
import { noteSentence } from '../../src/widgets/result/result-sentences.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const CAT = { id: 'cat', name: 'Cat', palette: 0 };
const DOG = { id: 'dog', name: 'Dog', palette: 1 };
const RABBIT = { id: 'rabbit', name: 'Rabbit', palette: 2 };

interface Facts {
  /** Number of right answers to the eleven test photos; no test photos by default. */
  readonly right?: number;
  readonly validationLoss?: number;
  readonly classes?: ModelRecord['classes'];
}

function model(id: string, { right, validationLoss, classes = [CAT, DOG] }: Facts): ModelRecord {
  const outcomes = Array.from({ length: 11 }, (_, i) => ({
    photoId: `photo ${i}`,
    truth: 0,
    answer: i < (right ?? 0) ? 0 : 1,
    probability: 0.9,
  }));
  const last = { epoch: 1, loss: 0.5, accuracy: 0.5 };
  return {
    id,
    name: id,
    base: { featureSpaceId: 'here' },
    classes,
    history: [validationLoss === undefined ? last : { ...last, validationLoss }],
    ...(right !== undefined && { test: { outcomes } as unknown as Evaluation }),
  } as unknown as ModelRecord;
}

const inUse = model('used', { right: 11, validationLoss: 0.1 });

test('a model that is significantly worse on the same test photos does not take over', () => {
  expect(objectionTo(model('new', { right: 5 }), inUse)).toEqual({
    kind: 'fewer-right',
    count: 11,
    correct: 5,
    correctInUse: 11,
  });
  // Five of eleven photos could differ by chance.
  expect(objectionTo(model('new', { right: 6 }), inUse)).toBeUndefined();
  expect(objectionTo(inUse, model('new', { right: 5 }))).toBeUndefined();
});

test('a model that learned a class more is not compared with one that does not know it', () => {
  const classes = [CAT, DOG, RABBIT];
  expect(objectionTo(model('new', { right: 5, classes }), inUse)).toBeUndefined();
  const fewer = model('new', { right: 5 });
  expect(objectionTo(fewer, model('used', { right: 11, classes }))?.kind).toBe('fewer-right');
});

test('a validation loss no better than chance speaks against a model, unless both guess', () => {
  const guess = model('new', { validationLoss: Math.log(2) });
  expect(isGuessing(guess)).toBe(true);
  expect(objectionTo(guess, inUse)).toEqual({ kind: 'guesses' });
  expect(objectionTo(guess, model('used', {}))).toEqual({ kind: 'guesses' });
  expect(objectionTo(guess, model('used', { validationLoss: 0.8 }))).toBeUndefined();
  // Not much better than the new one: chance may well explain it.
  expect(objectionTo(guess, model('used', { validationLoss: 0.6 }))).toBeUndefined();
  // Three classes are guessed at a loss of ln 3.
  const three = model('new', { validationLoss: 1, classes: [CAT, DOG, RABBIT] });
  expect(objectionTo(three, inUse)).toBeUndefined();
});

test('the loss of a fine-tuned model is that after its fine-tuning', () => {
  const head = model('head', { validationLoss: 0.9 });
  const fineTuning = { headModelId: 'head', after: { validationLoss: 0.2 } };
  expect(isGuessing({ ...head, fineTuning } as unknown as ModelRecord)).toBe(true);
  expect(isGuessing({ ...head, id: 'tuned', fineTuning } as unknown as ModelRecord)).toBe(false);
});

test('without a test or validation photo nothing speaks against a model', () => {
  expect(objectionTo(model('new', {}), inUse)).toBeUndefined();
  expect(objectionTo(model('new', { right: 3 }), model('used', {}))).toBeUndefined();
});

test('a model with an objection is no newer choice, and answers only if there is no other', () => {
  const refused: ModelRecord = { ...model('new', {}), objection: { kind: 'guesses' } };
  const elsewhere = { ...model('other', {}), base: { featureSpaceId: 'there' } } as ModelRecord;
  expect(isEarlierChoice(inUse, [refused, inUse])).toBe(false);
  expect(isEarlierChoice(inUse, [model('newer', {}), inUse])).toBe(true);
  expect(answeringModel(elsewhere, [elsewhere, refused, inUse], 'here')).toBe(inUse);
  expect(answeringModel(elsewhere, [elsewhere, refused], 'here')).toBe(refused);
});

test('what else is said of a result', () => {
  const objection = objectionTo(model('new', { right: 5 }), inUse)!;
  expectSentences('notes', {
    nothing: noteSentence(inUse, [CAT, DOG]),
    'no better than a guess': noteSentence(model('new', { validationLoss: 0.7 }), [CAT, DOG]),
    'worse than the one in use': noteSentence({ ...inUse, objection }, [CAT, DOG]),
    'a class was left out': noteSentence(inUse, [CAT, DOG, RABBIT]),
    diverged: noteSentence({ ...inUse, divergedAtEpoch: 6 }, [CAT, DOG]),
  });
});
