import { expect, test } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { chosenFiles, findPictures } from '../../src/photos/import/find-pictures.ts';
import type { Findings } from '../../src/photos/import/found-picture.ts';
import { paxRecord, tarBytes } from '../fixtures/tar-bytes.ts';
import { zipBytes, type ZipFile } from '../fixtures/zip-bytes.ts';

/** Archives as programs make them: what is found in them, and what is said of them. */

const photo = (text: string) => Buffer.from(`\xff\xd8\xff ${text}`, 'latin1');
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const ENCRYPTED = 1;
const LZMA = 14;
const DEFLATE64 = 9;

const PETS: readonly ZipFile[] = [
  { name: 'pets/cat/1.jpg', bytes: photo('cat 1') },
  { name: 'pets/cat/2.jpg', bytes: photo('cat 2'), stored: true },
  { name: 'pets/dog/1.jpg', bytes: photo('dog 1') },
];
const BACKUP: readonly ZipFile[] = [
  { name: 'library.json', bytes: json({ format: 'purrceptron-backup', version: 2 }), stored: true },
  { name: 'photos/1.jpg', bytes: photo('kept'), stored: true },
  { name: 'thumbnails/1.jpg', bytes: photo('small'), stored: true },
  { name: 'files.json', bytes: json({}), stored: true },
];
const MODEL: readonly ZipFile[] = [
  { name: 'metadata.json', bytes: json({ labels: ['Cat', 'Dog'] }) },
  { name: 'model.json', bytes: json({ modelTopology: {}, weightsManifest: [] }) },
  { name: 'weights.bin', bytes: Buffer.alloc(16) },
];

function find(files: Record<string, Uint8Array>): Promise<Findings> {
  const list = Object.entries(files).map(([path, bytes]) => {
    const file = new File([Uint8Array.from(bytes)], path.split('/').at(-1)!);
    return Object.defineProperty(file, 'webkitRelativePath', { value: path });
  });
  return findPictures(chosenFiles(list));
}

/** Of each label, what is written in its photos. */
async function labelled({ pictures }: Findings): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { label = '', read } of pictures) {
    const text = await (await read()).text();
    (found[label] ??= []).push(text.split(' ').slice(1).join(' '));
  }
  return found;
}

const all = { cat: ['cat 1', 'cat 2'], dog: ['dog 1'] };
const inFolder = (folder: string, files: readonly ZipFile[]) =>
  files.map((file) => ({ ...file, name: folder + file.name }));
const nothingSaid = { refused: [], elsewhere: [] };

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

test.describe('set aside', () => {
  const WHOLE: Record<string, readonly [Record<string, Uint8Array>, Record<string, unknown>]> = {
    'a backup': [{ 'b.zip': zipBytes(BACKUP) }, { kind: 'backup', name: 'b.zip' }],
    'a backup in a folder, deflated, with files of macOS': [
      {
        'b.zip': zipBytes([
          ...inFolder('b/', BACKUP).map((file) => ({ ...file, stored: false })),
          { name: '__MACOSX/b/._library.json', bytes: Buffer.alloc(4) },
          { name: 'b/.DS_Store', bytes: Buffer.alloc(4) },
        ]),
      },
      { kind: 'backup', name: 'b.zip' },
    ],
    'a backup in a zip': [
      { 'a.zip': zipBytes([{ name: 'b.zip', bytes: zipBytes(BACKUP), stored: true }]) },
      { kind: 'backup', name: 'b.zip' },
    ],
    'a backup that was unpacked': [
      Object.fromEntries(BACKUP.map(({ name, bytes }) => [`Downloads/b/${name}`, bytes])),
      { kind: 'backup', name: 'b' },
    ],
    'a model of Teachable Machine': [
      { 'tm.zip': zipBytes(MODEL) },
      { kind: 'model', name: 'tm.zip' },
    ],
    'files of a model': [
      Object.fromEntries(MODEL.map(({ name, bytes }) => [name, bytes])),
      { kind: 'model', name: 'model.json' },
    ],
    'a Keras model of Teachable Machine': [
      {
        'keras.zip': zipBytes([
          { name: 'keras_model.h5', bytes: Buffer.from('\x89HDF', 'latin1') },
          { name: 'labels.txt', bytes: Buffer.from('0 Cat') },
        ]),
      },
      { kind: 'model', name: 'keras.zip' },
    ],
    'a Keras 3 model': [
      { 'm.keras': zipBytes([{ name: 'model.weights.h5', bytes: Buffer.alloc(9) }]) },
      { kind: 'model', name: 'm.keras' },
    ],
    '7z': [
      { 'a.7z': Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1') },
      { kind: 'nowhere', name: 'a.7z' },
    ],
    'a zip that is locked': [
      { 'a.zip': zipBytes(PETS.map((file) => ({ ...file, flags: ENCRYPTED }))) },
      { kind: 'nowhere', name: 'a.zip', sentence: expect.stringContaining('password') },
    ],
    'a zip packed with LZMA': [
      { 'a.zip': zipBytes(PETS.map((file) => ({ ...file, method: LZMA }))) },
      { kind: 'nowhere', name: 'a.zip', sentence: expect.stringContaining('Unpack it first') },
    ],
  };
  for (const [what, [files, said]] of Object.entries(WHOLE)) {
    test(what, async () => {
      const { pictures, refused, elsewhere } = await find(files);
      const photos = pictures.filter(({ name }) => name.endsWith('.jpg'));
      expect({ photos, refused }).toEqual({ photos: [], refused: [] });
      expect(elsewhere).toEqual([expect.objectContaining(said)]);
    });
  }

  test('photos, a backup and a model: each goes its way', async () => {
    const found = await find({
      'pets.zip': zipBytes([...PETS, ...inFolder('old/', BACKUP)]),
      'tm.zip': zipBytes(MODEL),
    });
    expect(await labelled(found)).toEqual(all);
    expect(found.elsewhere.map(({ kind, name }) => [kind, name])).toEqual([
      ['backup', 'pets.zip'],
      ['model', 'tm.zip'],
    ]);
  });
});

test('a file that is locked is refused by name, and several in one sentence', async () => {
  const locked = PETS.slice(0, 2).map((file) => ({ ...file, flags: ENCRYPTED }));
  const one = await find({ 'a.zip': zipBytes([locked[0]!, PETS[2]!]) });
  expect(one.refused).toEqual([
    { name: 'pets/cat/1.jpg', reason: expect.stringContaining('Locked') },
  ]);
  const two = await find({ 'a.zip': zipBytes([...locked, PETS[2]!]) });
  expect(two.refused).toEqual([
    { name: 'a.zip', reason: expect.stringContaining('2 of its files') },
  ]);
});

test('archives in archives are opened once, and named below', async () => {
  const inner = zipBytes([{ name: 'c.zip', bytes: zipBytes(PETS) }]);
  const { elsewhere } = await find({ 'a.zip': zipBytes([{ name: 'b.zip', bytes: inner }]) });
  expect(elsewhere).toEqual([expect.objectContaining({ kind: 'nowhere', name: 'c.zip' })]);
});

test.describe('hostile', () => {
  const REFUSED: Record<string, readonly [Record<string, Uint8Array>, string | RegExp]> = {
    'a tar that says more than it has': [
      { 'a.tar': tarBytes([{ name: 'a.jpg', bytes: photo('a'), size: 8_000_000_000 }]) },
      /4 GB/,
    ],
    'a bomb in gzip': [
      { 'a.tgz': gzipSync(tarBytes([{ name: 'a', bytes: Buffer.alloc(9e6) }])) },
      /4 GB/,
    ],
    'a tar with a damaged header': [
      { 'a.tar': Buffer.concat([tarBytes(PETS).subarray(0, 1024), Buffer.alloc(512, 7)]) },
      /damaged/,
    ],
    'a name that leads out of a tar': [
      { 'a.tar': tarBytes([{ name: '../a.jpg', bytes: photo('a') }]) },
      /out of the archive/,
    ],
  };
  for (const [what, [files, reason]] of Object.entries(REFUSED)) {
    test(what, async () => {
      const { pictures, refused } = await find(files);
      expect(pictures).toEqual([]);
      expect(refused).toEqual([expect.objectContaining({ reason: expect.stringMatching(reason) })]);
    });
  }

  test('zips in a zip share one limit', async () => {
    const half = zipBytes(
      Array.from({ length: 90 }, (_, i) => ({
        name: `${i}.jpg`,
        bytes: Buffer.alloc(250_000, i),
        size: 24_000_000,
        stored: true,
      })),
    );
    const found = await find({
      'a.zip': zipBytes([
        { name: 'b.zip', bytes: half, stored: true },
        { name: 'c.zip', bytes: half, stored: true },
      ]),
    });
    expect(found.refused).toEqual([{ name: 'c.zip', reason: 'It unpacks to more than 4 GB.' }]);
  });
});

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

test('a set in an archive for each side', async () => {
  const found = await find({
    'train.zip': zipBytes([
      { name: 'cat.0.jpg', bytes: photo('a') },
      { name: 'dog.0.jpg', bytes: photo('b') },
    ]),
    'test.tar': tarBytes([{ name: 'cat.9.jpg', bytes: photo('c') }]),
  });
  expect(found).toMatchObject(nothingSaid);
  expect(found.pictures.map(({ label, side }) => [label, side])).toEqual([
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

test('a letter or a program that is a zip is no archive of photos', async () => {
  const letter = zipBytes([{ name: 'word/media/image1.jpg', bytes: photo('letterhead') }]);
  const found = await find({ 'pets/letter.docx': letter, 'pets/cat/1.jpg': photo('cat') });
  expect(await labelled(found)).toEqual({ cat: ['cat'] });
  expect(found).toMatchObject({ passedOver: 1, ...nothingSaid });
});

test('what the app does not read is told once a reason, with its number', async () => {
  const rar = Buffer.from('Rar!\x1a\x07\0', 'latin1');
  const { elsewhere } = await find({
    'a.rar': rar,
    'b.rar': rar,
    'c.tflite': Buffer.from('xxxxTFL3'),
  });
  expect(elsewhere.map(({ name, fault }) => [name, fault])).toEqual([
    ['a.rar', 'archive'],
    ['c.tflite', 'model'],
  ]);
  expect(elsewhere[0]!.sentence).toContain('There is 1 more like it.');
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
