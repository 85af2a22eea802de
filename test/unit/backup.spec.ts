import { expect, test } from '@playwright/test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { openBackup } from '../../src/backup/read-backup.ts';
import { readZipEntry } from '../../src/platform/archive/read-entry.ts';
import { listZip } from '../../src/platform/archive/zip-directory.ts';
import { Problem } from '../../src/platform/problem.ts';
import {
  backup,
  BASE,
  first,
  jpeg,
  kindOf,
  weights,
  withBase,
  type Edit,
  type Json,
} from '../fixtures/backup-bytes.ts';

test('a whole backup opens', async () => {
  const { library, read } = await openBackup(await backup());
  expect(library.photos.map(({ id }) => id)).toEqual(['photo-1']);
  expect(new Uint8Array(await read('models/model-1.weights'))).toEqual(weights);
});

const REPACKED: Readonly<Record<string, Edit>> = {
  deflated: { level: 9 },
  'in a folder': { folder: 'purrceptron-2026/' },
  'as the Finder does': {
    level: 6,
    folder: 'purrceptron-2026/',
    beside: ['purrceptron-2026/.DS_Store', '__MACOSX/purrceptron-2026/._library.json'],
  },
  'with backslashes': { folder: 'a\\b\\' },
};

for (const [how, edit] of Object.entries(REPACKED)) {
  test(`a backup that was packed again opens: ${how}`, async () => {
    const { read } = await openBackup(await backup(edit));
    expect(new Uint8Array(await read('models/model-1.weights'))).toEqual(weights);
  });
}

test('a backup in another zip opens', async () => {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  await zip.add(
    'b.zip',
    new Uint8ArrayReader(new Uint8Array(await (await backup()).arrayBuffer())),
  );
  const { library } = await openBackup(new Blob([await zip.close()]));
  expect(library.photos).toHaveLength(1);
});

test('the files of a backup that was unpacked open, and a missing one is damage', async () => {
  const zip = await listZip(await backup(), { entries: 99, bytes: 9999 });
  const whole = await backup();
  const files = await Promise.all(
    zip.map(async (entry) => ({
      file: new File([await readZipEntry(whole, entry)], entry.path.split('/').at(-1)!),
      path: `Downloads/b/${entry.path}`,
    })),
  );
  const { library } = await openBackup(files);
  expect(library.photos).toHaveLength(1);
  const kind = await openBackup(files.slice(1)).catch(
    (thrown: unknown) => Problem.from(thrown).kind,
  );
  expect(kind).toBe('damaged-backup');
});

test('a backup holds base models and settings; what else stands there stays out', async () => {
  const settings = {
    activeModelId: 'model-1',
    trainingOptions: { preset: 'tutorial', hyperparameters: { epochs: 3 }, fineTuning: true },
    throughputs: { 'wasm space': { example: 0.01 } },
    rightLabels: { modelId: 'model-1', labels: [['photo-1', 'cat']] },
  };
  const file = await backup({
    table: (it) => withBase({ ...it, settings: { ...settings, libraryId: 'another' } }),
    files: (entries) => entries.set(`bases/${BASE}/model.json`, weights),
  });
  const { library, damagedBases } = await openBackup(file);
  expect(library.bases).toMatchObject([{ id: BASE, name: 'Mine' }]);
  expect(library.settings).toEqual(settings);
  expect([...damagedBases]).toEqual([]);
});

test('a backup of format 1 opens, with the names of today for its fields', async () => {
  const file = await backup({
    table: (it) => {
      const model = first(it, 'models');
      const { trainingSetHash, base, ...rest } = model;
      const { featureSpaceId, ...where } = base as Record<string, unknown>;
      const former = { ...rest, astray: 3, lessons: trainingSetHash };
      const settings = {
        trainingOptions: { preset: 'quick', fineTuning: { share: 0.25 } },
        paces: { 'wasm here': { lesson: 0.01 } },
      };
      return {
        ...it,
        version: 1,
        models: [{ ...former, base: { ...where, space: featureSpaceId } }],
        settings,
      };
    },
  });
  const { library } = await openBackup(file);
  expect(library.models[0]).toMatchObject({
    divergedAtEpoch: 3,
    trainingSetHash: '',
    base: { featureSpaceId: 'space' },
  });
  expect(library.settings).toEqual({
    trainingOptions: { preset: 'quick', fineTuning: { alpha: 0.25 } },
    throughputs: { 'wasm here': { example: 0.01 } },
  });
});

test('a base model that is damaged or missing costs nothing else', async () => {
  for (const bytes of [jpeg(64), undefined]) {
    const file = await backup({
      table: (it) => withBase(it),
      files: (entries) => bytes && entries.set(`bases/${BASE}/model.json`, bytes),
    });
    const { library, damagedBases } = await openBackup(file);
    expect([...damagedBases]).toEqual([BASE]);
    expect(library.photos).toHaveLength(1);
  }
});

test('a photo whose class is gone is left out and counted; the rest is restored', async () => {
  const file = await backup({
    table: (it) => {
      const [photo] = it['photos'] as Json[];
      return { ...it, photos: [photo, { ...photo, id: 'photo-2', classId: 'owl' }] };
    },
  });
  const { library, photosWithoutClass } = await openBackup(file);
  expect(library.photos.map(({ id }) => id)).toEqual(['photo-1']);
  expect(photosWithoutClass).toBe(1);
});

test('a file that cannot be read is not said to be damaged', async () => {
  const file = await backup({ table: (it) => withBase(it) });
  const names = ['NotReadableError', 'NotFoundError', 'NotAllowedError', 'SecurityError'];
  for (const name of names) {
    const lost = new Blob([]);
    lost.arrayBuffer = () => Promise.reject(new DOMException('', name));
    lost.slice = () => lost;
    Object.defineProperty(lost, 'size', { value: file.size });
    expect(await kindOf(lost), name).toBe('unreadable');
  }
});

for (const [how, level] of [
  ['stored', 0],
  ['compressed', 6],
] as const) {
  test(`a file that can no longer be read, after any part of it, is not damaged: ${how}`, async () => {
    const file = await backup({
      table: (it) => withBase(it),
      files: (entries) => entries.set(`bases/${BASE}/model.json`, weights),
      level,
    });
    const lost = () => new DOMException('', 'NotReadableError');
    /** The file, which can be read only so many times. */
    const readable = (times: number): Blob => {
      let left = times;
      const watched = (part: Blob): Blob => {
        const copy = part.slice();
        copy.slice = (...range) => watched(part.slice(...range));
        copy.arrayBuffer = () => (left-- > 0 ? part.arrayBuffer() : Promise.reject(lost()));
        copy.stream = () =>
          left-- > 0
            ? part.stream()
            : new ReadableStream({
                pull: (to) => {
                  to.error(lost());
                },
              });
        return copy;
      };
      return watched(file);
    };
    let times = 0;
    for (let kind = 'unreadable'; kind !== 'opened'; times++) {
      kind = await openBackup(readable(times)).then(
        ({ damagedBases }) => (damagedBases.size > 0 ? 'damaged base' : 'opened'),
        (thrown: unknown) => Problem.from(thrown).kind,
      );
      expect(['unreadable', 'opened'], `read ${times} times`).toContain(kind);
    }
    // Each entry is read by itself.
    expect(times).toBeGreaterThan(8);
  });
}
