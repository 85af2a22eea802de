import { expect, test } from '@playwright/test';
import { disagreements } from '../../src/pages/photos/examine/disagreements.ts';
import { opinionWords } from '../../src/pages/photos/view/opinion-sentence.ts';
import type { PhotoRecord } from '../../src/records/photo.ts';

const CLASSES = ['cat', 'dog', 'fox'].map((id, palette) => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  palette,
}));

const photo = (id: string, classId: string, createdAt = 1): PhotoRecord => ({
  ...{ id, classId, createdAt, sha256: id, split: 'train', source: 'file', size: 512, bytes: 1 },
});

const predicted = (rows: Record<string, number[]>) => ({
  modelId: 'model',
  classes: CLASSES,
  photoIds: Object.keys(rows),
  probabilities: Float32Array.from(Object.values(rows).flat()),
});

test('what the model disagrees with, the surest first', () => {
  const found = disagreements(
    predicted({
      agreed: [0.9, 0.05, 0.05],
      unsure: [0.3, 0.4, 0.3],
      sure: [0.01, 0.01, 0.98],
      likely: [0.2, 0.7, 0.1],
    }),
    ['agreed', 'unsure', 'sure', 'likely'].map((id) => photo(id, 'cat')),
    new Map(),
  );
  expect(found.map(({ photo: { id }, answer }) => `${id}: ${answer.id}`)).toEqual([
    'sure: fox',
    'likely: dog',
    'unsure: dog',
  ]);
  expect(found[0]!.probability).toBeCloseTo(0.98);
});

test('of equally sure ones the newest comes first', () => {
  const found = disagreements(
    predicted({ old: [0, 1, 0], young: [0, 1, 0] }),
    [photo('old', 'cat', 1), photo('young', 'cat', 2)],
    new Map(),
  );
  expect(found.map(({ photo: { id } }) => id)).toEqual(['young', 'old']);
});

test('a label called right stays away, for as long as the photo has it', () => {
  const predictions = predicted({ one: [0, 1, 0] });
  const right = new Map([['one', 'cat']]);
  expect(disagreements(predictions, [photo('one', 'cat')], right)).toEqual([]);
  expect(disagreements(predictions, [photo('one', 'fox')], right)).toHaveLength(1);
});

test('the label decides, as it is now; deleted photos and unlearned classes say nothing', () => {
  const predictions = predicted({ one: [0, 1, 0], gone: [0, 1, 0] });
  expect(disagreements(predictions, [photo('one', 'dog')], new Map())).toEqual([]);
  expect(disagreements(predictions, [photo('one', 'owl')], new Map())).toEqual([]);
});

test('the words for one photo', () => {
  const words = (probabilities: number[], novelty: number, classId: string, learned = false) =>
    opinionWords({ probabilities, novelty }, CLASSES, classId, learned);
  expect(words([0.9, 0.1, 0], 0.5, 'cat')).toMatchObject({
    title: 'Looks like: Cat',
    disagrees: false,
  });
  expect(words([0.9, 0.1, 0], 0.5, 'cat', true).sentence).toContain('it learned from this photo');
  expect(words([0.9, 0.1, 0], 0.5, 'dog')).toMatchObject({
    title: 'Looks like: Cat',
    disagrees: true,
  });
  expect(words([0.5, 0.4, 0.1], 0.5, 'dog')).toMatchObject({ title: 'Not sure', disagrees: false });
  expect(words([0.99, 0.01, 0], 1.2, 'dog')).toMatchObject({ title: 'Not sure' });
  expect(words([0.9, 0.1, 0], 0.5, 'owl')).toMatchObject({ disagrees: false });
});
