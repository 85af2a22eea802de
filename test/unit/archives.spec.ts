import { expect, test } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import {
  all,
  DEFLATE64,
  find,
  json,
  labelled,
  MODEL,
  nothingSaid,
  PETS,
  photo,
} from '../fixtures/pet-archives.ts';
import { paxRecord, tarBytes } from '../fixtures/tar-bytes.ts';
import { zipBytes, type ZipFile } from '../fixtures/zip-bytes.ts';

/** Archives as programs make them: what is found in them. */

test.describe('read', () => {
  const tar = tarBytes(PETS);
  const long = `pets/cat/${'x'.repeat(120)}.jpg`;
  const READ: Record<string, Record<string, Uint8Array>> = {
    'a zip': { 'a.zip': zipBytes(PETS) },
    'a zip after a script': { 'a.sh': Buffer.concat([Buffer.from('#!/bin/sh\n'), zipBytes(PETS)]) },
    'a zip with the mark of a split one': {
      'a.zip': Buffer.concat([Buffer.from('PK\x07\x08'), zipBytes(PETS)]),
    },
    'a zip of Windows, with its folders': {
      'a.zip': zipBytes([
        { name: 'pets\\', bytes: Buffer.alloc(0), stored: true },
        { name: 'pets\\cat\\', bytes: Buffer.alloc(0), stored: true },
        { name: 'pets\\dog', bytes: Buffer.alloc(0), stored: true },
        ...PETS.map((file) => ({ ...file, name: file.name.replaceAll('/', '\\') })),
      ]),
    },
    Deflate64: {
      // A block that is stored as it is looks the same in both.
      'a.zip': zipBytes(PETS.map((file) => ({ ...file, stored: false, method: DEFLATE64 }))),
    },
    'a tar': { 'a.tar': tar },
    'a tar of 1985': { 'a.tar': tarBytes(PETS.map((file) => ({ ...file, old: true }))) },
    'a tar.gz': { 'a.tar.gz': gzipSync(tar) },
    'a tar with ./ and folders': {
      'a.tar': tarBytes([
        { name: './pets/', bytes: Buffer.alloc(0), type: '5' },
        ...PETS.map((file) => ({ ...file, name: `./${file.name}` })),
      ]),
    },
    'a tar without its end': { 'a.tar': tar.subarray(0, -1024) },
    'a zip of zips': {
      'a.zip': zipBytes([
        { name: 'cat.zip', bytes: zipBytes(PETS.slice(0, 2).map(flat)), stored: true },
        { name: 'dog.zip', bytes: zipBytes(PETS.slice(2).map(flat)) },
      ]),
    },
    'a tar.gz in a zip': { 'a.zip': zipBytes([{ name: 'pets.tar.gz', bytes: gzipSync(tar) }]) },
    'a zip of whole paths of Windows': {
      'a.zip': zipBytes(
        PETS.map((file) => ({ ...file, name: `C:\\Users\\x\\${file.name.replaceAll('/', '\\')}` })),
      ),
    },
    'a tar of whole paths': {
      'a.tar': tarBytes(PETS.map((file) => ({ ...file, name: `/home/x/${file.name}` }))),
    },
    'a zip of paths on a server': {
      'a.zip': zipBytes(PETS.map((file) => ({ ...file, name: `//nas/share/${file.name}` }))),
    },
    'photos in folders': Object.fromEntries(PETS.map(({ name, bytes }) => [name, bytes])),
  };
  for (const [what, files] of Object.entries(READ)) {
    test(what, async () => {
      const found = await find(files);
      expect(found).toMatchObject(nothingSaid);
      expect(await labelled(found)).toEqual(all);
    });
  }

  for (const [what, record] of [
    ['pax', { name: 'x', type: 'x', bytes: paxRecord('path', long) }],
    ['GNU', { name: '././@LongLink', type: 'L', bytes: Buffer.from(`${long}\0`) }],
  ] as const) {
    test(`a long name in a tar of ${what}`, async () => {
      const bytes = tarBytes([record, { name: long.slice(0, 99), bytes: photo('cat') }, PETS[2]!]);
      expect(await labelled(await find({ 'a.tar': bytes }))).toEqual({
        cat: ['cat'],
        dog: ['dog 1'],
      });
    });
  }
});

const table = (text: string) => Buffer.from(text);
const PROBABILITIES = table('id,cat,dog\n1,0.9,0.1\n2,0.25,0.75\n');

test('a table of probabilities labels nothing, and is said in one line', async () => {
  const photos = { '1.jpg': photo('1'), '2.jpg': photo('2') };
  const zipped = Object.entries({ ...photos, 'answers.csv': PROBABILITIES });
  const zip = zipBytes(zipped.map(([name, bytes]) => ({ name, bytes })));
  for (const files of [{ ...photos, 'answers.csv': PROBABILITIES }, { 'a.zip': zip }]) {
    const found = await find(files);
    expect(found.pictures.map(({ label }) => label)).not.toContain('cat');
    expect(found).toMatchObject({ refused: [], passedOver: 1 });
    expect(found.elsewhere.map(({ sentence }) => sentence)).toEqual([
      '“answers.csv” holds a probability for each class. These are answers, and no labels.',
    ]);
  }
  // Where all photos have labels, it is one of the files that are passed over.
  const labels = table('id,label\n1,cat\n2,dog\n');
  const found = await find({ ...photos, 'answers.csv': PROBABILITIES, 'labels.csv': labels });
  expect(found).toMatchObject({ elsewhere: [], passedOver: 2 });
});

function flat(file: ZipFile): ZipFile {
  return { ...file, name: file.name.split('/').at(-1)! };
}

test('an archive without folders is one: its name is the label', async () => {
  const [a, b, c] = [photo('a'), photo('b'), photo('c')];
  const found = await find({
    'Cats-20240501T101112Z-001.zip': zipBytes([
      { name: 'IMG_1.jpg', bytes: a },
      { name: 'IMG_2.jpg', bytes: b },
    ]),
    'dogs.tar': tarBytes([{ name: 'IMG_1.jpg', bytes: c }]),
  });
  expect(await labelled(found)).toEqual({ Cats: ['a', 'b'], dogs: ['c'] });
  expect(found.pictures.map(({ name }) => name)).toEqual(['IMG_1.jpg', 'IMG_2.jpg', 'IMG_1.jpg']);
  // A name that says nothing is no label.
  const photos = await find({ 'Photos (1).zip': zipBytes([{ name: 'IMG_1.jpg', bytes: a }]) });
  expect(await labelled(photos)).toEqual({ '': ['a'] });
});

test('a set in an archive for each split', async () => {
  const found = await find({
    'train.zip': zipBytes([
      { name: 'cat.0.jpg', bytes: photo('a') },
      { name: 'dog.0.jpg', bytes: photo('b') },
    ]),
    'test.tar': tarBytes([{ name: 'cat.9.jpg', bytes: photo('c') }]),
  });
  expect(found).toMatchObject(nothingSaid);
  expect(found.pictures.map(({ label, split }) => [label, split])).toEqual([
    ['cat', 'train'],
    ['dog', 'train'],
    ['cat', 'test'],
  ]);
});

test('data of an unknown ending among the photos are counted; a photo of an odd ending is one', async () => {
  const found = await find({
    'a.zip': zipBytes([
      ...PETS,
      { name: 'pets/lists/all.lists', bytes: Buffer.from('0\tcat/1.jpg') },
      { name: 'pets/lists/index.xyz', bytes: Buffer.from([0, 1, 2, 3, 255, 254]) },
      { name: 'pets/cat/3.jpg_large', bytes: photo('cat 3') },
      { name: 'sets.zip', bytes: zipBytes([{ name: 'x.xyz', bytes: Buffer.from('x') }]) },
    ]),
  });
  expect(found).toMatchObject({ passedOver: 3, ...nothingSaid });
  expect(await labelled(found)).toEqual({ ...all, cat: ['cat 1', 'cat 2', 'cat 3'] });
});

test('lists of labels are read where nothing else labels, in folders and in archives', async () => {
  const lines = ['1 cat', '2 dog'].map((row) => row.split(' '));
  const list = lines.map(([name, label]) => json({ file_name: `${name!}.jpg`, label })).join('\n');
  const set = [
    { name: 'train/metadata.jsonl', bytes: Buffer.from(list) },
    { name: 'train/1.jpg', bytes: photo('cat 1') },
    { name: 'train/2.jpg', bytes: photo('dog 1') },
  ];
  const labels = { cat: ['cat 1'], dog: ['dog 1'] };
  expect(await labelled(await find({ 'a.zip': zipBytes(set) }))).toEqual(labels);
  const loose = Object.fromEntries(set.map(({ name, bytes }) => [name, bytes]));
  expect(await labelled(await find(loose))).toEqual(labels);
  // Folders that label are believed, and a list that is damaged labels nothing.
  const damaged = { name: 'pets/all.json', bytes: Buffer.from('{"1.jpg":') };
  expect(await labelled(await find({ 'a.zip': zipBytes([...PETS, damaged]) }))).toEqual(all);
});

test('a project of GenAI-TM keeps its labels, though its model is in it', async () => {
  const project = zipBytes([
    ...MODEL,
    { name: 'samples/0_0.jpg', bytes: photo('cat') },
    { name: 'samples/1_0.jpg', bytes: photo('dog') },
  ]);
  const found = await find({ 'project.zip': project });
  expect(await labelled(found)).toEqual({ Cat: ['cat'], Dog: ['dog'] });
  expect(found.elsewhere.map(({ kind }) => kind)).toEqual(['model']);
});
