import { expect, test } from '@playwright/test';
import { layOutFiles } from '../../src/photos/import/layout/lay-out-files.ts';

/** A listing; what is no picture has a text. @param read notes what is read */
function listing(
  texts: Readonly<Record<string, string>>,
  paths: readonly string[],
  read: string[],
) {
  return [...paths, ...Object.keys(texts)].map((path) => ({
    path,
    bytes: 10,
    read: () => {
      read.push(path);
      return Promise.resolve(new Blob([texts[path] ?? '']));
    },
  }));
}

const PETS = ['cat/1.jpg', 'cat/2.jpg', 'dog/3.jpg', 'dog/4.jpg'];
const LISTS = { 'train.txt': 'cat/1\ndog/3\n', 'test.txt': 'cat/2\ndog/4\n', 'notes.txt': 'ours' };

test('lists of splits are read where folders name the classes and no splits', async () => {
  const read: string[] = [];
  const { pictures } = await layOutFiles(listing(LISTS, PETS, read));
  expect(pictures.map(({ label, split }) => [label, split])).toEqual([
    ['cat', 'train'],
    ['cat', 'test'],
    ['dog', 'train'],
    ['dog', 'test'],
  ]);
  expect(read.sort()).toEqual(['test.txt', 'train.txt']);
});

test('nothing is read where folders say all', async () => {
  const read: string[] = [];
  const split = PETS.map((path, i) => `${i % 2 === 0 ? 'train' : 'test'}/${path}`);
  const { pictures } = await layOutFiles(listing(LISTS, split, read));
  expect(pictures.map(({ split }) => split)).toEqual(['train', 'test', 'train', 'test']);
  expect(read).toEqual([]);
});
