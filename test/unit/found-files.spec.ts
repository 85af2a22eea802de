import { expect, test } from '@playwright/test';
import { chosenFiles, findPictures } from '../../src/photos/import/find-pictures.ts';
import type { Findings } from '../../src/photos/import/found-picture.ts';
import { tarBytes } from '../fixtures/tar-bytes.ts';
import { zipBytes, type ZipFile } from '../fixtures/zip-bytes.ts';

/** What files are by their bytes, alone and in archives, and lists in whatever letters. */

const PHOTO = Buffer.from('\xff\xd8\xff\xe0', 'latin1');
const PETS: readonly ZipFile[] = ['cats/1.jpg', 'cats/2.jpg', 'dogs/1.jpg'].map((name) => ({
  name,
  bytes: PHOTO,
}));

function find(files: Readonly<Record<string, Uint8Array>>): Promise<Findings> {
  const list = Object.entries(files).map(([path, bytes]) => {
    const file = new File([Uint8Array.from(bytes)], path.split('/').at(-1)!);
    return Object.defineProperty(file, 'webkitRelativePath', { value: path });
  });
  return findPictures(chosenFiles(list));
}

function counts({ pictures }: Findings): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { label = '' } of pictures) found[label] = (found[label] ?? 0) + 1;
  return found;
}

test('files without a telling name are pictures by their bytes, or counted', async () => {
  const files = {
    'cifar/cats/0001': PHOTO,
    'cifar/dogs/0002': PHOTO,
    'cifar/data_batch_1': Buffer.from([0x80, 2, 0x7d, 0x71, 1]),
    'cifar/batches.ckpt': Buffer.from([0, 1, 2]),
    'cifar/LIST': Buffer.from('0001 cat'),
  };
  for (const chosen of [
    files,
    { 'a.zip': zipBytes(Object.entries(files).map(([name, bytes]) => ({ name, bytes }))) },
  ]) {
    const found = await find(chosen);
    expect(counts(found)).toEqual({ cats: 1, dogs: 1 });
    expect(found).toMatchObject({ passedOver: 3, refused: [], elsewhere: [] });
  }
});

test('a file that cannot be read is no file that is no picture', async () => {
  const file = new File([PHOTO], '1000012345');
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  const found = await findPictures(chosenFiles([file]));
  expect(found.pictures.map(({ name }) => name)).toEqual(['1000012345']);
});

test('a model without a telling ending is still told', async () => {
  const { elsewhere } = await find({ 'head.safetensors': Buffer.from([8, 0, 0, 0, 0, 0, 0, 0]) });
  expect(elsewhere.map(({ fault }) => fault)).toEqual(['model']);
});

test('an archive that was not received says so', async () => {
  const { refused, passedOver } = await find({ 'pets.zip': new Uint8Array() });
  expect(refused).toEqual([{ name: 'pets.zip', reason: 'The file is empty.' }]);
  expect(passedOver).toBe(0);
});

test('a letter under the name of a zip is none of photos', async () => {
  const letter = zipBytes([
    { name: '[Content_Types].xml', bytes: Buffer.from('<x/>') },
    { name: 'word/media/image1.jpg', bytes: PHOTO },
  ]);
  expect(await find({ 'letter.zip': letter })).toMatchObject({ pictures: [], passedOver: 1 });
});

test('a link in a zip is no picture', async () => {
  const link = { name: 'cats/3.jpg', bytes: Buffer.from('1.jpg'), isLink: true };
  expect(counts(await find({ 'a.zip': zipBytes([...PETS, link]) }))).toEqual({ cats: 2, dogs: 1 });
});

test('the parts of a split archive are told in one sentence', async () => {
  const zip = zipBytes(PETS);
  const [first, second] = [zip.subarray(0, 40), zip.subarray(40)];
  for (const names of [
    ['pets.zip.001', 'pets.zip.002'],
    ['pets.z01', 'pets.zip'],
  ]) {
    const found = await find({ [names[0]!]: first, [names[1]!]: second });
    expect(found).toMatchObject({ pictures: [], refused: [] });
    expect(found.elsewhere.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('There is 1 more like it.'),
    ]);
  }
});

test('a tar that is cut off gives what is there, and says so', async () => {
  const tar = tarBytes(PETS);
  // The second file is cut off, or only what fills its block.
  for (const end of [512 + 512 + 512 + 2, 512 + 512 + 512 + 400]) {
    const { pictures, refused } = await find({ 'pets.tar': tar.subarray(0, end) });
    expect(pictures).toHaveLength(2);
    expect(refused.map(({ name }) => name)).toEqual(['pets.tar']);
  }
});

const rows = 'file\tlabel\n1.jpg\tcat\n2.jpg\tcat\n3.jpg\tdog\n4.jpg\tdog\n';
const arabic = ['file,label', '1.jpg,\xde\xd8\xd8', '2.jpg,\xde\xd8\xd8', '3.jpg,\xdf\xe1\xc8'];
const LISTS: Readonly<Record<string, readonly [Buffer, Readonly<Record<string, number>>]>> = {
  'UTF-8 with its mark': [Buffer.from(`\ufeff${rows}`), { cat: 2, dog: 2 }],
  'UTF-16, as spreadsheets save it': [Buffer.from(`\ufeff${rows}`, 'utf16le'), { cat: 2, dog: 2 }],
  'UTF-16, the big end first': [
    Buffer.from(`\ufeff${rows}`, 'utf16le').swap16(),
    { cat: 2, dog: 2 },
  ],
  // Which code page it is, an English phone cannot know; the labels stay apart.
  'an unknown code page': [
    Buffer.from([...arabic, '4.jpg,\xdf\xe1\xc8'].join('\r\n'), 'latin1'),
    { '\ufffd\ufffd\ufffd': 2, '\ufffd\ufffd\ufffd 2': 2 },
  ],
};
for (const [what, [bytes, labels]] of Object.entries(LISTS)) {
  test(`a list in ${what}`, async () => {
    const photos = Object.fromEntries([1, 2, 3, 4].map((n) => [`${n}.jpg`, PHOTO]));
    expect(counts(await find({ ...photos, 'labels.csv': bytes }))).toEqual(labels);
  });
}

test('beside a list that is too long, a shorter one is read', async () => {
  const found = await find({
    '1.jpg': PHOTO,
    '2.jpg': PHOTO,
    'all.csv': Buffer.alloc(20_000_001, 'x'),
    'labels.csv': Buffer.from('file,label\n1.jpg,cat\n2.jpg,dog\n'),
  });
  expect(counts(found)).toEqual({ cat: 1, dog: 1 });
});
