import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { isUnsafeName } from '../../src/photos/import/archives/archive-limits.ts';
import { chosenFiles, findPictures } from '../../src/photos/import/find-pictures.ts';
import type { Findings, FoundPicture } from '../../src/photos/import/found-picture.ts';
import { isPhotoProject, projectLabel } from '../../src/photos/import/layout/projects.ts';
import { readArchive } from '../../src/photos/import/archives/read-archive.ts';
import { Problem } from '../../src/platform/problem.ts';
import { zipBytes, type ZipFile } from '../fixtures/zip-bytes.ts';

/**
 * Archives that anyone may have made: what comes out of them is what was packed, under a name that
 * leads nowhere, or a refusal in words. A run that hangs fails by its timeout.
 */

const RUNS = { numRuns: 120, seed: 1, timeout: 60_000 };

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('cat/a.jpg', 'cat/b.jpg', 'dog/a.jpg', 'Cat-!-0.jpg') },
  fc.constantFrom(
    ...['../../x', '..\\x.jpg', '/etc/x', '\\x', 'C:\\x', 'c:x', 'cat/nul\0.jpg', 'a/../../x.jpg'],
    ...['__proto__', '__proto__/a.jpg', 'constructor', 'cat/', '', '.', 'more.zip', '.hidden'],
    'manifest.json',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const contents = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc
    .constantFrom('{"type":"image"}', '{"type":"pose"}', '['.repeat(999))
    .map((text) => new TextEncoder().encode(text)),
);

const truthful: fc.Arbitrary<ZipFile> = fc.record({
  name,
  bytes: contents,
  stored: fc.boolean(),
});

/** Says of itself what need not be so: its checksum, its size, that it is locked or packed oddly. */
const lying: fc.Arbitrary<ZipFile> = fc.record(
  {
    name,
    bytes: contents,
    stored: fc.boolean(),
    crc: fc.nat(2 ** 32 - 1),
    size: fc.oneof(fc.nat(80), fc.nat(2 ** 32 - 1), fc.constant(2 ** 32 - 1)),
    flags: fc.nat(2 ** 16 - 1),
  },
  { requiredKeys: ['name', 'bytes'] },
);

const fileOf = (bytes: Uint8Array) => new File([Uint8Array.from(bytes)], 'some.zip');

/** What reading gives, or undefined for a Problem of that kind. Anything else fails. */
async function givenOrRefused<Value>(
  kind: string,
  read: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.kind === kind) return undefined;
    throw thrown;
  }
}

/** Bytes of a picture in hex, or undefined where it is refused. */
async function bytesOf({ read }: FoundPicture): Promise<string | undefined> {
  const blob = await givenOrRefused('archive-entry', read);
  return blob && Buffer.from(await blob.arrayBuffer()).toString('hex');
}

/** Expects of what was found that each has a name of its own that leads nowhere. */
function expectSound({ pictures, refused }: Findings, entries: number): void {
  const names = pictures.map((picture) => picture.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter(isUnsafeName)).toEqual([]);
  expect(pictures.length + refused.length).toBeLessThanOrEqual(entries);
  for (const { reason } of refused) expect(reason).toMatch(/^[A-Z].+\.$/);
}

test('zips of any entries: what is read is what was packed, or is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(truthful, lying), { maxLength: 6 }), async (files) => {
      const archive = fileOf(zipBytes(files));
      const found = await givenOrRefused('archive', () => readArchive(archive));
      if (!found) return;
      expectSound(found, files.length);
      const packed = new Set(files.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
      for (const picture of found.pictures) {
        const bytes = await bytesOf(picture);
        if (bytes !== undefined) expect(packed).toContain(bytes);
      }
    }),
    RUNS,
  );
  expect(({} as Record<string, unknown>)['read']).toBeUndefined();
});

test('zips that tell the truth: each file with a good name is read, with its bytes and label', async () => {
  const good = fc.uniqueArray(
    fc.record({
      folder: fc.constantFrom('cat', 'dog', '__proto__', 'constructor'),
      file: fc.stringMatching(/^[a-z]{1,8}$/),
      bytes: fc.uint8Array({ maxLength: 60 }),
      stored: fc.boolean(),
    }),
    { selector: ({ folder, file }) => `${folder}/${file}`, minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(good, async (parts) => {
      const files = parts.map(({ folder, file, ...rest }) => ({
        ...rest,
        name: `set/${folder}/${file}.jpg`,
      }));
      const { pictures, refused } = await readArchive(fileOf(zipBytes(files)));
      expect(refused).toEqual([]);
      expect(pictures.map((picture) => [picture.name, picture.label])).toEqual(
        files.map((file, i) => [file.name, parts[i]!.folder]),
      );
      for (const [i, picture] of pictures.entries()) {
        expect(await bytesOf(picture)).toBe(Buffer.from(files[i]!.bytes).toString('hex'));
      }
    }),
    RUNS,
  );
});

/** A zip and a project, each sound. */
const SOUND = [
  ['cat/a.jpg', 'cat/b.jpg', 'dog/a.jpg'],
  ['Cat-!-0.jpg', 'Dog-!-0.jpg', 'manifest.json'],
].map((names) =>
  names.map((each, i) => ({
    name: each,
    bytes:
      each === 'manifest.json' ? Buffer.from('{"type":"image"}') : Buffer.alloc(40, `pixels ${i}`),
    stored: i === 1,
  })),
);

const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));

test('zips and projects with bytes changed or cut off: nothing but what was packed comes out', async () => {
  const spoilt = fc.record({
    files: fc.constantFrom(...SOUND),
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    cut: fc.option(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ files, changes, cut }) => {
      const bytes = zipBytes(files);
      for (const [at, by] of changes) bytes[at % bytes.length]! ^= by;
      const archive = fileOf(cut === null ? bytes : bytes.subarray(0, cut % bytes.length));
      const found = await givenOrRefused('archive', () => readArchive(archive));
      if (!found) return;
      expectSound(found, files.length);
      const packed = new Set(files.map((file) => Buffer.from(file.bytes).toString('hex')));
      for (const picture of found.pictures) {
        const read = await bytesOf(picture);
        if (read !== undefined) expect(packed).toContain(read);
      }
    }),
    { ...RUNS, numRuns: 400 },
  );
});

test('files and archives together: each is found, refused by name or passed over, and none stops the rest', async () => {
  const zipLike = fc
    .tuple(fc.constantFrom('PK\x03\x04', 'PK\x05\x06'), fc.uint8Array({ maxLength: 80 }))
    .map(([magic, rest]) => Buffer.concat([Buffer.from(magic), rest]));
  const chosen = fc.array(fc.tuple(name, fc.oneof(zipLike, fc.uint8Array({ maxLength: 80 }))), {
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(chosen, async (parts) => {
      const files = parts.map(([each, bytes]) => new File([Uint8Array.from(bytes)], each));
      const photo = new File(['bytes'], 'photo.jpg');
      const { pictures, refused } = await findPictures(chosenFiles([...files, photo]));
      expect(pictures.length + refused.length).toBeLessThanOrEqual(files.length + 1);
      const found = pictures.find((picture) => picture.name === 'photo.jpg');
      expect(await (await found!.read()).text()).toBe('bytes');
    }),
    RUNS,
  );
});

test('manifests of projects: any text is one of photos, none at all, or refused in words', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('[', '{"type":').map((part) => part.repeat(200_000)),
    fc
      .record({ type: fc.oneof(fc.constantFrom('image', 'audio', 'pose'), fc.anything()) })
      .map((manifest) => JSON.stringify(manifest) ?? ''),
  );
  fc.assert(
    fc.property(text, (manifest) => {
      try {
        const says = /"type":"image"/.test(manifest);
        if (isPhotoProject(manifest)) expect(says).toBe(true);
      } catch (thrown) {
        expect(thrown).toMatchObject({ name: 'Problem', kind: 'archive' });
        expect(manifest).toMatch(/"type":"(audio|pose)"/);
      }
    }),
    RUNS,
  );
});

test('names in projects: the class is what stands before the last mark, whatever it is', () => {
  const label = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(label, fc.nat(), (className, index) => {
      expect(projectLabel(`${className}-!-${index}.jpg`)).toBe(className);
    }),
    RUNS,
  );
  fc.assert(
    fc.property(fc.oneof(name, fc.string()), (any) => {
      const found = projectLabel(any);
      if (found !== undefined) expect(any.startsWith(`${found}-!-`)).toBe(true);
    }),
    RUNS,
  );
});
