import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { openBackup } from '../../src/backup/read-backup.ts';
import { writeBackup, type BackupReport } from '../../src/backup/write-backup.ts';
import type { LibrarySource } from '../../src/backup/library-source.ts';
import { Problem } from '../../src/platform/problem.ts';
import { anyLibrary, digest, tinyJpeg, type AnyLibrary } from '../fixtures/any-library.ts';

/** A library in memory. */
function sourceOf({ records, bytes }: AnyLibrary): LibrarySource {
  const at = (path: string) => Promise.resolve(bytes.get(path)?.buffer);
  return {
    records: () => Promise.resolve(records),
    image: (id) => at(`photos/${id}.jpg`),
    thumbnail: (id) => at(`thumbnails/${id}.jpg`),
    weights: ({ id }) => at(`models/${id}.weights`),
    baseFiles: async (id) => {
      const { files } = records.bases.find((base) => base.id === id)!;
      const found = await Promise.all(files.map(({ path }) => at(`bases/${id}/${path}`)));
      return found.every((one) => one !== undefined) ? found : undefined;
    },
  };
}

async function written(library: AnyLibrary) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let state = 'open';
  const sink = {
    write: (chunk: Uint8Array<ArrayBuffer>) => {
      parts.push(chunk.slice());
      return Promise.resolve();
    },
    close: () => Promise.resolve(void (state = 'closed')),
    abort: () => Promise.resolve(void (state = 'aborted')),
  };
  const report = await writeBackup(sink, sourceOf(library)).catch((thrown: unknown) => thrown);
  return { report, state, file: new Blob(parts) };
}

/** One library, with some of its rows changed. */
function oneLibrary(edit: (library: AnyLibrary) => AnyLibrary = (it) => it): AnyLibrary {
  const found = fc
    .sample(anyLibrary, { numRuns: 200, seed: 1 })
    .find(
      ({ records }) =>
        records.photos.length > 2 && records.models.length > 1 && records.bases.length > 0,
    );
  return edit(found!);
}

const json = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

test('whatever library the app has, its backup opens with all of it', async () => {
  await fc.assert(
    fc.asyncProperty(anyLibrary, async (library) => {
      const { classes, photos, models, bases, settings } = library.records;
      const { report, state, file } = await written(library);
      expect(report).toEqual({
        photos: photos.length,
        models: models.length,
        bases: bases.length,
        photosLeftOut: 0,
        photosWithoutClass: 0,
        namesLeftOut: [],
      });
      expect(state).toBe('closed');
      const backup = await openBackup(file);
      expect(backup.damagedBases.size + backup.photosWithoutClass).toBe(0);
      const restored = backup.library;
      expect(json(restored)).toMatchObject(json({ classes, photos, models, settings }));
      expect(restored.bases?.map(({ id }) => id)).toEqual(bases.map(({ id }) => id));
      const changed = [];
      for (const [path, bytes] of library.bytes) {
        if (Buffer.compare(new Uint8Array(await backup.read(path)), bytes) !== 0)
          changed.push(path);
      }
      expect(changed).toEqual([]);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test('what cannot be restored is left out and named; the rest is restored', async () => {
  const library = oneLibrary(({ records, bytes }) => {
    const [orphan, damaged, ...photos] = records.photos;
    const [broken, ...models] = records.models;
    const spoilt = new Map(bytes);
    spoilt.set(`photos/${damaged!.id}.jpg`, tinyJpeg(5, 99));
    spoilt.delete(`bases/${records.bases[0]!.id}/model.json`);
    return {
      bytes: spoilt,
      records: {
        ...records,
        photos: [{ ...orphan!, classId: 'removed' }, damaged!, ...photos],
        models: [{ ...broken!, name: 'Broken', seconds: NaN }, ...models],
        settings: { ...records.settings, inputSize: -1 },
      },
    };
  });
  const { photos, models } = library.records;
  const { report, file } = await written(library);
  expect(report).toEqual({
    photos: photos.length - 2,
    models: models.length - 1,
    bases: 0,
    photosLeftOut: 1,
    photosWithoutClass: 1,
    namesLeftOut: ['Broken', 'Mine', 'Settings'],
  });
  const backup = await openBackup(file);
  expect(backup.library.photos.map(({ id }) => id)).toEqual(photos.slice(2).map(({ id }) => id));
  expect(backup.library.settings).not.toHaveProperty('inputSize');
  expect(backup.library.settings).toHaveProperty('trainingOptions');
});

/** One thing in a library that no restore accepts, and what the report says of it. */
interface Fault {
  readonly what: string;
  readonly spoil: (library: AnyLibrary) => AnyLibrary;
  readonly report: Partial<BackupReport>;
}

const withPhoto = (change: object) => (library: AnyLibrary) => {
  const [first, ...others] = library.records.photos;
  const photos = [{ ...first!, ...change }, ...others];
  return { ...library, records: { ...library.records, photos } };
};
const withModel = (change: object) => (library: AnyLibrary) => {
  const [first, ...others] = library.records.models;
  const models = [{ ...first!, name: 'Broken', ...change }, ...others];
  return { ...library, records: { ...library.records, models } };
};
const withBase = (change: object) => (library: AnyLibrary) => {
  const bases = library.records.bases.map((base) => ({ ...base, ...change }));
  return { ...library, records: { ...library.records, bases } };
};
const withBytes =
  (path: (library: AnyLibrary) => string, bytes?: Uint8Array<ArrayBuffer>) =>
  (library: AnyLibrary) => {
    const changed = new Map(library.bytes);
    if (bytes) changed.set(path(library), bytes);
    else changed.delete(path(library));
    return { ...library, bytes: changed };
  };
const firstPhoto = ({ records }: AnyLibrary) => `photos/${records.photos[0]!.id}.jpg`;
const firstModel = ({ records }: AnyLibrary) => `models/${records.models[0]!.id}.weights`;

/** The first model, with weights of the right size and hash that are no numbers. */
function withoutNumbers(library: AnyLibrary): AnyLibrary {
  const { byteLength } = library.bytes.get(firstModel(library))!;
  const weights = new Uint8Array(new Float32Array(byteLength / 4).fill(NaN).buffer);
  return withModel({ sha256: digest(weights) })(withBytes(firstModel, weights)(library));
}

const PHOTO = { photosLeftOut: 1 };
const MODEL = { namesLeftOut: ['Broken'] };
const BASE = { namesLeftOut: ['Mine'] };

const FAULTS: readonly Fault[] = [
  { what: 'a photo without a time', spoil: withPhoto({ createdAt: NaN }), report: PHOTO },
  { what: 'a photo of an odd id', spoil: withPhoto({ id: 'a/b' }), report: PHOTO },
  { what: 'a photo of other bytes', spoil: withBytes(firstPhoto, tinyJpeg(5, 99)), report: PHOTO },
  { what: 'a photo whose bytes are gone', spoil: withBytes(firstPhoto), report: PHOTO },
  {
    what: 'a photo without a class',
    spoil: withPhoto({ classId: 'removed' }),
    report: { photosWithoutClass: 1 },
  },
  { what: 'a model that took no time', spoil: withModel({ seconds: NaN }), report: MODEL },
  { what: 'a model without its head', spoil: withModel({ weights: [] }), report: MODEL },
  {
    what: 'a model whose weights are gone',
    spoil: (library) => withBytes(firstModel)(withModel({})(library)),
    report: MODEL,
  },
  { what: 'a model whose weights are no numbers', spoil: withoutNumbers, report: MODEL },
  { what: 'a base without a size', spoil: withBase({ inputSizes: [] }), report: BASE },
  {
    what: 'a base of which a file is gone',
    spoil: withBytes(({ records }) => `bases/${records.bases[0]!.id}/model.json`),
    report: BASE,
  },
];

for (const { what, spoil, report: said } of FAULTS) {
  test(`${what} is left out, and nothing else`, async () => {
    const whole = oneLibrary();
    const { report: all } = await written(whole);
    const { report, state, file } = await written(spoil(whole));
    expect(state).toBe('closed');
    expect(report).toMatchObject(said);
    const { photos, models, bases = [] } = (await openBackup(file)).library;
    const kept = { photos: photos.length, models: models.length, bases: bases.length };
    expect(report).toMatchObject(kept);
    const sum = (counts: typeof kept) => counts.photos + counts.models + counts.bases;
    expect(sum(kept)).toBe(sum(all as typeof kept) - 1);
  });
}

test('a photo whose thumbnail is damaged is not lost', async () => {
  const library = oneLibrary();
  const { id } = library.records.photos[0]!;
  const thumbnail = `thumbnails/${id}.jpg`;
  for (const left of [undefined, new Uint8Array(20)]) {
    const { file } = await written(withBytes(() => thumbnail, left)(library));
    const { read } = await openBackup(file);
    expect(await read(thumbnail)).toEqual(await read(`photos/${id}.jpg`));
  }
});

test('a backup whose tables a restore would refuse is not closed', async () => {
  const library = oneLibrary(({ records, bytes }) => ({
    bytes,
    records: { ...records, classes: records.classes.slice(0, 1), photos: [] },
  }));
  const { report, state } = await written(library);
  expect(report).toBeInstanceOf(Problem);
  expect(report).toMatchObject({ kind: 'unproved' });
  expect(state).toBe('aborted');
});
