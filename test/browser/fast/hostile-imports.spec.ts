import { backupOf, blackPng } from '../../fixtures/hostile-files.ts';
import { zipBytes } from '../../fixtures/zip-bytes.ts';
import { addDrawnPets, expect, test } from '../harness-test.ts';
import { storeHash } from '../store-hash.ts';
import { addWhatCanBeLost, expectRefused, modelWith, type Hostile } from '../ways-in.ts';

const text = (words: string) => Buffer.from(words);
const zip = (name: string, bytes: Uint8Array, lie = {}) => zipBytes([{ name, bytes, ...lie }]);
/** No picture, in any bytes that a name or a checksum could make one of. */
const NONE = text('no picture');
const notNumbers = (bytes: Buffer) => Buffer.alloc(bytes.length, 0xff);

const REFUSED: readonly Hostile[] = [
  ...Object.entries({
    'cut.png': blackPng(64, 64).subarray(0, 50),
    'empty.jpg': text(''),
    'text.jpg': text('hello'),
    'heavy.jpg': Buffer.alloc(25.1e6),
    'crc.zip': zip('a.jpg', NONE, { crc: 1 }),
    'more.zip': zip('a.jpg', NONE, { size: 999 }),
    'up.zip': zip('../../x.jpg', NONE),
    'drive.zip': zip('C:\\..\\x.jpg', NONE),
    'nul.zip': zip('a\0.jpg', NONE),
    'prototype.zip': zip('__proto__', NONE),
    'twice.zip': zipBytes([1, 2].map(() => ({ name: 'a.jpg', bytes: NONE }))),
    'many.zip': zipBytes(Array.from({ length: 300 }, (_, i) => ({ name: `${i}`, bytes: NONE }))),
    'no.zip': text('PK\x03\x04 and then nothing'),
    'poses.tm': zip('manifest.json', text('{"type":"pose"}')),
  }).map(([name, bytes]) => ({
    door: 'photos' as const,
    what: name,
    files: () => ({ [name]: bytes }),
  })),
  { door: 'base', what: 'NaN', files: () => modelWith(notNumbers) },
  { door: 'base', what: 'more bytes', files: () => modelWith((all) => Buffer.concat([all, NONE])) },
  { door: 'base', what: 'fewer bytes', files: () => modelWith((bytes) => bytes.subarray(4)) },
  { door: 'base', what: 'a prototype', files: () => ({ 'model.json': text('{"__proto__":{}}') }) },
  { door: 'backup', what: 'no zip', files: () => ({ 'x.zip': NONE }) },
  { door: 'backup', what: 'another zip', files: () => ({ 'x.zip': zip('a.jpg', NONE) }) },
  { door: 'backup', what: 'a newer one', files: () => ({ 'x.zip': backupOf('{"version":2}') }) },
  { door: 'backup', what: 'an empty one', files: () => ({ 'x.zip': backupOf('{}') }) },
];

test('what is refused, by whatever way it comes, leaves every byte that is stored as it was', async ({
  page,
}, testInfo) => {
  await addWhatCanBeLost(page, testInfo.outputPath('good'));
  await expectRefused(page, REFUSED, testInfo.outputPath('hostile'));
  const before = await storeHash(page);
  const names = ['', 'x'.repeat(41), 'Cat', '<img src=x onerror="alert(document.domain)">'];
  for (const name of [...names, 'a\0', 'a\u202eb', '\ud800']) {
    const kind = await page.evaluate(
      (name) =>
        harness.classes.addClass(name).then(
          () => 'added',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        ),
      name,
    );
    expect(kind).toMatch(/^(name-\w+|taken)$/);
  }
  expect(await storeHash(page)).toEqual(before);
  // The hash sees what changes.
  await addDrawnPets(page, 'dog', [5]);
  expect((await storeHash(page)).sha256).not.toBe(before.sha256);
});
