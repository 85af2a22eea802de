import { expect, test } from '@playwright/test';
import { answersCsv, sortedPictures } from '../../src/pages/live/many/answer-files.ts';
import { answerRows, countAnswers, NOT_SURE } from '../../src/pages/live/many/answer-rows.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import type { AskedPicture } from '../../src/session/ask-run.ts';

const model = {
  id: 'model-1',
  classes: [
    { id: 'cat', name: 'Cat', palette: 0 },
    { id: 'dog', name: 'Dog', palette: 1 },
  ],
} as unknown as ModelRecord;

function asked(name: string, cat: number, novelty = 0): AskedPicture {
  return {
    picture: { name, read: () => Promise.resolve(new Blob([name])) },
    thumbnail: new Blob(),
    model,
    classification: {
      probabilities: [cat, 1 - cat],
      novelty,
      modelId: model.id,
      milliseconds: 1,
    },
  };
}

test('the least sure come first, and what is like no training photo is not sure', () => {
  const rows = answerRows([
    asked('clear cat', 0.99),
    asked('dog', 0.2),
    asked('between', 0.55),
    asked('a bicycle', 0.999, 1.5),
  ]);
  expect(rows.map(({ picture, sure }) => [picture.name, sure])).toEqual([
    ['between', false],
    ['a bicycle', false],
    ['dog', true],
    ['clear cat', true],
  ]);
  expect(countAnswers(rows).map(({ id, count }) => [id, count])).toEqual([
    ['cat', 1],
    ['dog', 1],
    [NOT_SURE, 2],
  ]);
});

test('the table has the probability of each class, and no answer where the model is not sure', () => {
  const table = answersCsv(answerRows([asked('a, b.jpg', 0.98765), asked('c.jpg', 0.5, 0.25)]));
  expect(table).toBe(
    [
      'filename,answer,Cat,Dog,novelty',
      'c.jpg,,0.5000,0.5000,0.250',
      '"a, b.jpg",Cat,0.9877,0.0123,0.000',
      '',
    ].join('\r\n'),
  );
});

test('sorted pictures keep their bytes and names, and none overwrites another', async () => {
  const rows = answerRows([
    asked('one/IMG.JPG', 0.9),
    asked('two/img.jpg', 0.8),
    asked('../../etc/passwd', 0.1),
    asked(`${'long'.repeat(40)}.jpeg`, 0.5),
  ]);
  const { entries, texts } = sortedPictures(rows, 'Not sure');
  const long = `Not sure/${'long'.repeat(15)}.jpeg`;
  expect(entries.map(({ path }) => path)).toEqual([
    long,
    'Cat/img.jpg',
    'Cat/IMG 2.JPG',
    'Dog/passwd',
  ]);
  expect(await ((await entries[2]!.read()) as Blob).text()).toBe('one/IMG.JPG');
  expect(Object.keys(texts!([]))).toEqual(['answers.csv']);
});
