import { expect, test } from '@playwright/test';
import { hrefOfModel, routeOf } from '../../src/session/routes.ts';
import { answeringModel, isEarlierChoice, newestOf } from '../../src/models/answering-model.ts';
import { nextModelName, parseModelName, tunedModelName } from '../../src/models/model-name.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import { parseAddress } from '../../src/pages/models/address.ts';
import { baseHindrance, baseState, baseWords } from '../../src/pages/models/base-state.ts';
import {
  accuracySentence,
  deletedPhotosSentence,
  deletedSentence,
  settingsWords,
} from '../../src/pages/models/model-sentences.ts';
import { partnerOf } from '../../src/pages/models/partner-of.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';
import { alikeOf, optionsLike } from '../../src/pages/train/options-like.ts';

/** @param head id of the model that it was fine-tuned from */
function model(id: string, createdAt: number, featureSpaceId = 'here', head?: string): ModelRecord {
  const base = { id: 'openimages', inputSize: 224, featureSpaceId };
  const fineTuning = head === undefined ? {} : { fineTuning: { headModelId: head } };
  return { id, name: id, createdAt, base, ...fineTuning } as unknown as ModelRecord;
}

const old = model('old', 1);
const head = model('head', 2);
const tuned = model('tuned', 3, 'here', 'head');
const elsewhere = model('elsewhere', 4, 'elsewhere');
const models = [elsewhere, tuned, head, old];

test('names go on from the highest number, whatever was deleted or renamed', () => {
  expect(nextModelName([])).toBe('Model 1');
  expect(nextModelName(['Model 3', 'Garden cats', 'Model 2, fine-tuned'])).toBe('Model 4');
  expect(parseModelName('  Garden   cats ')).toBe('Garden cats');
  expect(tunedModelName('Model 3')).toBe('Model 3, fine-tuned');
  const long = tunedModelName('x'.repeat(40));
  expect(parseModelName(long)).toBe(`${'x'.repeat(28)}, fine-tuned`);
  expect(() => parseModelName(' ')).toThrow('Give the model a name.');
});

test('a model of another base gives way to the newest on the one in use', () => {
  expect(answeringModel(old, models, 'here')).toBe(old);
  expect(answeringModel(elsewhere, models, 'here')).toBe(tuned);
  expect(answeringModel(elsewhere, models, 'nowhere')).toBeUndefined();
  expect(answeringModel(elsewhere, models, undefined)).toBe(elsewhere);
  expect(answeringModel(undefined, models, 'here')).toBeUndefined();
});

test('an earlier choice is one that is neither the newest of its base nor its head', () => {
  expect(models.map((each) => isEarlierChoice(each, models))).toEqual([false, false, false, true]);
});

test('a model from the future makes no other one an earlier choice', () => {
  const future = model('future', Date.UTC(2099, 0, 1));
  const withFuture = [future, ...models];
  expect(withFuture.map((each) => isEarlierChoice(each, withFuture))).toEqual([
    ...[false, false, false, false],
    true,
  ]);
  expect(answeringModel(elsewhere, withFuture, 'here')).toBe(tuned);
  expect(answeringModel(elsewhere, [future], 'here')).toBe(future);
  expect(newestOf(withFuture)).toBe(elsewhere);
  expect(newestOf([future])).toBe(future);
});

test('a model is compared with the newest that is older and no part of the same training', () => {
  expect(partnerOf(tuned, models)).toBe(old);
  expect(partnerOf(elsewhere, models)).toBe(tuned);
  expect(partnerOf(old, models)).toBe(elsewhere);
  expect(partnerOf(old, [old])).toBeUndefined();
});

test('an address leads to a model and to what of it is open', () => {
  const href = hrefOfModel('a/b', { is: 'cat & dog', said: 'dog' });
  expect(routeOf(href)).toBe('models');
  const cell = { is: 'cat & dog', said: 'dog' };
  expect(parseAddress(href)).toEqual({ modelId: 'a/b', cell });
  expect(parseAddress(hrefOfModel('a', { with: 'b' }))).toEqual({ modelId: 'a', otherId: 'b' });
  expect(parseAddress('#/models/a?is=cat')).toEqual({ modelId: 'a' });
  expect(parseAddress('#/models/50%')).toEqual({ modelId: '50%' });
  for (const list of ['#/models', '#/models/', '#/models?with=b']) {
    expect(parseAddress(list)).toEqual({});
  }
});

test('whether a model can be used depends on its base', () => {
  const base = { id: 'openimages', name: 'Open Images', inputSizes: [224, 160] };
  const own = { id: 'own', name: 'Mine', inputSizes: [96] };
  const info = {
    base,
    inputSize: 224,
    featureSpaceId: 'here',
    bases: [base, own],
  } as unknown as Parameters<typeof baseState>[1];
  const on = (id: string, inputSize: number, featureSpaceId = 'elsewhere') => ({
    base: { id, inputSize, featureSpaceId },
  });
  expect(baseState(on('openimages', 224, 'here'), info)).toBe('ready');
  expect(baseState(on('openimages', 160), info)).toBe('other');
  expect(baseState(on('own', 96), info)).toBe('other');
  expect(baseState(on('openimages', 224), info)).toBe('replaced');
  expect(baseState(on('openimages', 96), info)).toBe('missing');
  expect(baseState(on('removed', 96), info)).toBe('missing');
  expect(baseState(on('removed', 96), undefined)).toBe('unknown');
  expect(baseHindrance('other')).toBeUndefined();
  expectSentences('base-hindrance', {
    missing: baseHindrance('missing'),
    replaced: baseHindrance('replaced'),
  });
  expect(baseWords(on('own', 96), info)).toBe('Mine at 96 px');
  expect(baseWords({ base: { ...on('removed', 96).base, name: 'Lost' } }, info)).toBe(
    'Lost at 96 px',
  );
});

test('what is said of a model', () => {
  const counted = { count: 24, correct: 23 } as NonNullable<ModelRecord['test']>;
  const photoIds = { train: ['a', 'b'], validation: ['c'], test: ['d'] };
  const photos = (...ids: string[]) => new Map(ids.map((id) => [id, id]));
  expect(deletedPhotosSentence({ photoIds }, photos('a', 'b', 'c', 'd'))).toBeUndefined();
  const hyperparameters = { preset: 'tutorial', epochs: 10, fineTuning: { epochs: 10 } };
  const deletion = { model: tuned, wasActive: true, successor: old };
  expectSentences('models', {
    '23 of 24 right': accuracySentence({ test: counted }),
    'no test': accuracySentence({}),
    '2 photos deleted': deletedPhotosSentence({ photoIds }, photos('a', 'd')),
    settings: settingsWords({ hyperparameters } as ModelRecord),
    'deleted, another is in use': deletedSentence(deletion),
    'deleted, none is left': deletedSentence({ ...deletion, successor: undefined }),
    'deleted, it was not in use': deletedSentence({ ...deletion, wasActive: false }),
  });
});

test('settings are repeated, except for layers that another base does not have', () => {
  const learned = {
    base: old.base,
    hyperparameters: {
      ...{ preset: 'tutorial', seed: 7, epochs: 12, batchSize: 8 },
      fineTuning: { fromLayer: 'block_13_expand', epochs: 3 },
    },
  } as unknown as Parameters<typeof optionsLike>[0];
  const base = (id: string) => ({ id, fineTuneFrom: 'Conv1' }) as Parameters<typeof optionsLike>[1];
  const frozen = { id: 'graph' } as Parameters<typeof optionsLike>[1];
  const repeated = {
    preset: 'tutorial',
    seed: 7,
    hyperparameters: { epochs: 12, batchSize: 8 },
  };
  expect(optionsLike(learned, base('openimages'))).toEqual({
    ...repeated,
    fineTuning: { fromLayer: 'block_13_expand', epochs: 3 },
  });
  expect(optionsLike(learned, base('imagenet'))).toEqual({
    ...repeated,
    fineTuning: { epochs: 3 },
  });
  expect(optionsLike(learned, frozen)).toEqual({
    ...repeated,
    fineTuning: false,
  });
  expect(alikeOf('#/train?like=a%2Fb')).toBe('a/b');
  expect(alikeOf('#/train')).toBeUndefined();
});
