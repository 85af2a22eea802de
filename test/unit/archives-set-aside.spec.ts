import { expect, test } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import {
  all,
  BACKUP,
  ENCRYPTED,
  find,
  inFolder,
  labelled,
  LZMA,
  MODEL,
  nothingSaid,
  PETS,
  photo,
} from '../fixtures/pet-archives.ts';
import { tarBytes } from '../fixtures/tar-bytes.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';

/** Archives as programs make them: what is not read, and what is said of it. */

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
