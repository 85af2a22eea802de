import { expect, test } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { kindOfFile } from '../../src/photos/import/archives/recognise-file.ts';
import type { FileKind } from '../../src/photos/import/archives/recognise.ts';
import { tarBytes } from '../fixtures/tar-bytes.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const zip = zipBytes([{ name: 'a.jpg', bytes: bytes('a photo') }]);
const tar = tarBytes([{ name: 'a.jpg', bytes: bytes('a photo') }]);

const KINDS: readonly (readonly [what: string, name: string, bytes: Buffer, kind: FileKind])[] = [
  ['a zip', 'pets.zip', zip, 'zip'],
  ['a zip under another name', 'pets.jpg', zip, 'zip'],
  ['an empty zip', 'empty.zip', zipBytes([]), 'zip'],
  [
    'a zip with a script before it',
    'pets',
    Buffer.concat([bytes('#!/bin/sh\nexit\n'), zip]),
    'zip',
  ],
  ['a program that unpacks itself', 'pets.exe', Buffer.concat([bytes('MZ\x90\0\x03'), zip]), 'zip'],
  ['a zip with the mark of a split one', 'a.zip', Buffer.concat([bytes('PK\x07\x08'), zip]), 'zip'],
  ['a zip that was nearly split', 'a.zip', Buffer.concat([bytes('PK00'), zip]), 'zip'],
  ['a part of a split zip', 'pets.zip.001', zip, 'archive'],
  [
    'a part of a zip, as WinZip splits',
    'pets.z01',
    Buffer.concat([bytes('PK\x07\x08'), zip]),
    'archive',
  ],
  ['a tar', 'pets.tar', tar, 'tar'],
  ['a tar of 1985', 'pets', tarBytes([{ name: 'a', bytes: bytes('a'), old: true }]), 'tar'],
  ['a tar.gz', 'pets.tar.gz', gzipSync(tar), 'gzip'],
  ['a text in a gzip', 'notes.gz', gzipSync('notes'), 'archive'],
  ['a gzip that is cut off', 'pets.tgz', gzipSync(tar).subarray(0, 20), 'archive'],
  ['7z', 'pets.7z', bytes('7z\xbc\xaf\x27\x1c\0\x04'), 'archive'],
  ['rar 4', 'pets.rar', bytes('Rar!\x1a\x07\0'), 'archive'],
  ['rar 5', 'pets.rar', bytes('Rar!\x1a\x07\x01\0'), 'archive'],
  ['bzip2', 'pets.tar.bz2', bytes('BZh91AY&SY'), 'archive'],
  ['xz', 'pets.tar.xz', bytes('\xfd7zXZ\0\0'), 'archive'],
  ['zstd', 'pets.zst', bytes('\x28\xb5\x2f\xfd\0'), 'archive'],
  ['JPEG', 'x', bytes('\xff\xd8\xff\xe0'), 'picture'],
  [
    'a JPEG with a zip behind it',
    'x.jpg',
    Buffer.concat([bytes('\xff\xd8\xff\xe0'), zip]),
    'picture',
  ],
  ['PNG', 'x', bytes('\x89PNG\r\n\x1a\n'), 'picture'],
  ['GIF', 'x.jpg', bytes('GIF89a'), 'picture'],
  ['WebP', 'x', bytes('RIFF\x10\0\0\0WEBPVP8 '), 'picture'],
  ['HEIC', 'x', bytes('\0\0\0\x18ftypheic'), 'picture'],
  ['AVIF', 'x', bytes('\0\0\0\x18ftypavif'), 'picture'],
  ['MP4', 'x.jpg', bytes('\0\0\0\x18ftypisom'), 'film'],
  ['MOV', 'x', bytes('\0\0\0\x14ftypqt  '), 'film'],
  ['MOV from before ftyp', 'x', bytes('\0\0\0\x08wide\0\0\0\0'), 'film'],
  ['AVI', 'x', bytes('RIFF\x10\0\0\0AVI LIST'), 'film'],
  ['music', 'x', bytes('\0\0\0\x20ftypM4A '), 'data'],
  ['a letter with “free” in it', 'x', bytes('See free cats'), 'data'],
  ['WebM', 'x', bytes('\x1a\x45\xdf\xa3\x01'), 'film'],
  ['Keras HDF5', 'keras_model.h5', bytes('\x89HDF\r\n\x1a\n'), 'model'],
  ['TFLite', 'model.tflite', bytes('\x1c\0\0\0TFL3'), 'model'],
  ['ONNX', 'model.onnx', bytes('\x08\x07\x12\x07pytorch'), 'model'],
  ['JSON', 'model.json', bytes('{"modelTopology":{}}'), 'json'],
  ['CSV', 'labels.csv', bytes('name,label\n1.jpg,cat\n'), 'data'],
  ['a text in UTF-8', 'x', Buffer.from('قطط'), 'data'],
  ['a text in UTF-16', 'x.txt', Buffer.from('\ufeffcats', 'utf16le'), 'data'],
  ['PDF', 'x', bytes('%PDF-1.7'), 'data'],
  ['nothing', 'x.jpg', Buffer.alloc(0), 'unknown'],
  ['noise', 'x.jpg', Buffer.from([1, 2, 3, 250, 251, 0, 9]), 'unknown'],
];

for (const [what, name, content, kind] of KINDS) {
  test(`recognised by its bytes: ${what}`, async () => {
    expect(await kindOfFile(new Blob([Uint8Array.from(content)]), name)).toBe(kind);
  });
}
