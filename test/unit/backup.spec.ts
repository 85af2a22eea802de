import { expect, test } from '@playwright/test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { parseFiles } from '../../src/backup/backup-tables.ts';
import { openBackup } from '../../src/backup/read-backup.ts';
import { readZipEntry } from '../../src/platform/archive/read-entry.ts';
import { listZip } from '../../src/platform/archive/zip-directory.ts';
import { Problem } from '../../src/platform/problem.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import { QUICK as hyperparameters } from '../fixtures/quick-hyperparameters.ts';
import { spoiltJson } from '../fixtures/spoilt-json.ts';

type Json = Record<string, unknown>;

/** The smallest JPEG that has a size. */
const jpeg = (side: number) =>
  Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, side, 0, side, 1, 1, 0x11, 0, 0xff, 0xd9);
const weights = new Uint8Array(new Float32Array([0.5, -0.5, 0.25]).buffer);

async function library(): Promise<Json> {
  return {
    format: 'purrceptron-backup',
    version: 2,
    createdAt: 1_700_000_000_000,
    classes: [
      { id: 'cat', name: 'Cat', order: 0, palette: 0 },
      { id: 'dog', name: 'Dog', order: 1, palette: 1 },
    ],
    photos: [
      {
        id: 'photo-1',
        classId: 'cat',
        sha256: await sha256(jpeg(64)),
        split: 'train',
        source: 'camera',
        createdAt: 1_700_000_000_000,
        size: 64,
        bytes: jpeg(64).byteLength,
      },
    ],
    models: [
      {
        id: 'model-1',
        name: 'Model 1',
        createdAt: 1_700_000_000_000,
        base: { id: 'openimages', inputSize: 224, featureSpaceId: 'space' },
        classes: [
          { id: 'cat', name: 'Cat', palette: 0 },
          { id: 'dog', name: 'Dog', palette: 1 },
        ],
        hyperparameters,
        history: [],
        temperature: 1,
        trainingSetHash: '',
        photoIds: { train: ['photo-1'], validation: [], test: [] },
        backend: 'wasm',
        seconds: 1,
        weights: [
          { name: 'dense/kernel', shape: [2, 1], dtype: 'float32' },
          { name: 'dense/bias', shape: [1], dtype: 'float32' },
        ],
        sha256: await sha256(weights),
      },
    ],
    settings: { activeModelId: 'model-1' },
  };
}

interface Edit {
  readonly table?: (library: Json) => unknown;
  readonly files?: (entries: Map<string, Uint8Array<ArrayBuffer>>) => void;
  readonly level?: number;
  /** A folder around it, such as `a/`. */
  readonly folder?: string;
  /** Names of files beside it. */
  readonly beside?: readonly string[];
}

/** A backup of one photo and one model, with something changed. */
async function backup({
  table = (it) => it,
  files,
  level = 0,
  folder = '',
  beside = [],
}: Edit = {}): Promise<Blob> {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const entries = new Map([
    ['photos/photo-1.jpg', jpeg(64)],
    ['thumbnails/photo-1.jpg', jpeg(32)],
    ['models/model-1.weights', weights],
    ['library.json', text(await table(await library()))],
  ]);
  files?.(entries);
  const facts = await Promise.all(
    [...entries].map(async ([path, bytes]) => [
      path,
      { bytes: bytes.byteLength, sha256: await sha256(bytes) },
    ]),
  );
  entries.set('files.json', text(Object.fromEntries(facts)));
  const zip = new ZipWriter(new Uint8ArrayWriter(), { level, useWebWorkers: false });
  for (const [path, bytes] of entries) await zip.add(folder + path, new Uint8ArrayReader(bytes));
  for (const path of beside) await zip.add(path, new Uint8ArrayReader(weights));
  return new Blob([await zip.close()]);
}

const kindOf = (file: Blob) =>
  openBackup(file).then(
    () => 'opened',
    (thrown: unknown) => Problem.from(thrown).kind,
  );

const BASE = 'own-0123456789abcdef';

/** A library with a base model of one's own, of which something may be otherwise. */
const withBase = async (library: Json, edit: Json = {}): Promise<Json> => ({
  ...library,
  bases: [
    {
      id: BASE,
      name: 'Mine',
      format: 'layers-model',
      inputSizes: [32],
      inputRange: [-1, 1],
      preprocessing: 'tf',
      files: [{ path: 'model.json', bytes: weights.byteLength, sha256: await sha256(weights) }],
      provenance: { source: 'From files of yours.', trainedOn: 'not stated' },
      licence: { name: 'MIT', holder: 'not stated' },
      golden: [{ size: 32, tolerance: 0.001, first: [1], l2: 1, mean: 1, argmax: 0 }],
      ...edit,
    },
  ],
});

const first = (library: Json, list: string) => (library[list] as Json[])[0]!;

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

test('what is no backup is told from one that is damaged or too new', async () => {
  expect(await kindOf(new Blob(['a text']))).toBe('not-a-backup');
  expect(await kindOf(await backup({ files: (entries) => entries.delete('library.json') }))).toBe(
    'not-a-backup',
  );
  expect(await kindOf(await backup({ table: (it) => ({ ...it, version: 3 }) }))).toBe(
    'newer-backup',
  );
});

function nested(depth: number): unknown {
  return depth === 0 ? 0 : [nested(depth - 1)];
}

const DAMAGED: Readonly<Record<string, Edit>> = {
  'a photo is missing': { files: (entries) => entries.delete('photos/photo-1.jpg') },
  'a photo is another': { files: (entries) => entries.set('photos/photo-1.jpg', jpeg(65)) },
  'a thumbnail is no picture': {
    files: (entries) => entries.set('thumbnails/photo-1.jpg', weights),
  },
  'weights are no numbers': {
    files: (entries) => {
      entries.set('models/model-1.weights', new Uint8Array(new Float32Array([NaN, 0, 0]).buffer));
    },
  },
  'a name that turns the text around': {
    table: (it) => ((first(it, 'classes')['name'] = 'Cat\u202e'), it),
  },
  'an id with a path in it': { table: (it) => ((first(it, 'photos')['id'] = '../../x'), it) },
  'two photos with one id': {
    table: (it) => ({ ...it, photos: [first(it, 'photos'), first(it, 'photos')] }),
  },
  'a head of other classes': {
    table: (it) => {
      const classes = [...(it['classes'] as Json[]), { id: 'owl', name: 'Owl', palette: 2 }];
      first(it, 'models')['classes'] = classes;
      return it;
    },
  },
  'a head that reads more of an earlier layer than it has rows': {
    table: (it) => {
      first(it, 'models')['further'] = { layer: 'block_3_project_BN', length: 2, scale: 1 };
      return it;
    },
  },
  'a base whose id is not its own': { table: (it) => withBase(it, { id: 'openimages' }) },
  'a base with a path that leads out of it': {
    table: (it) => withBase(it, { files: [{ path: '../x', bytes: 1, sha256: '0'.repeat(64) }] }),
  },
  'a training that nobody can choose': {
    table: (it) => ({ ...it, settings: { trainingOptions: { preset: 'slow' } } }),
  },
  'a table nested without end': { table: () => nested(30) },
  'a table of more values than a library has': {
    table: (it) => ({ ...it, more: Array(5_000_001).fill(0) }),
  },
  'a moment beyond time': { table: (it) => ((first(it, 'photos')['createdAt'] = 1e300), it) },
};

for (const [what, edit] of Object.entries(DAMAGED)) {
  test(`refused: ${what}`, async () => {
    expect(await kindOf(await backup(edit))).toBe('damaged-backup');
  });
}

test('whatever the tables say, they are understood or refused with words', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 4 }),
      fc.constantFrom('classes', 'photos', 'models', 'bases', 'settings'),
      async (json, key) => {
        const file = await backup({
          table: (it) => ({ ...it, [key]: JSON.parse(json) as unknown }),
        });
        expect(['opened', 'damaged-backup']).toContain(await kindOf(file));
      },
    ),
    { numRuns: 200, seed: 1 },
  );
  expect(({} as Json)['polluted']).toBeUndefined();
});

test('tables spoilt in one place are understood or refused with words', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      spoiltJson([await library()], ['../../x', -1, 0.5, 2 ** 53]),
      async (table) => {
        const kind = await kindOf(await backup({ table: () => table }));
        expect(['opened', 'damaged-backup', 'newer-backup']).toContain(kind);
        outcomes.add(kind);
      },
    ),
    { numRuns: 150, seed: 1 },
  );
  // Not only what no schema would take was tried.
  expect(outcomes).toContain('opened');
});

test('tables that are longer than a reader of a backup takes are not taken from its writer', () => {
  const encode = (text: string) => new TextEncoder().encode(text).buffer;
  const facts = { bytes: 1, sha256: 'a'.repeat(64) };
  const table = (entries: number) =>
    encode(
      JSON.stringify(
        Object.fromEntries(Array.from({ length: entries }, (_, i) => [`photos/${i}.jpg`, facts])),
      ),
    );
  // All entries but the table itself.
  expect(parseFiles(table(199_999)).size).toBe(199_999);
  expect(() => parseFiles(table(200_000))).toThrow('damaged');
  const wide = (bytes: number) => encode('{}'.padEnd(bytes));
  expect(parseFiles(wide(100_000_000)).size).toBe(0);
  expect(() => parseFiles(wide(100_000_001))).toThrow('damaged');
});

test('whatever the bytes are, they are a backup or refused with words', async () => {
  const whole = new Uint8Array(await (await backup()).arrayBuffer());
  const place = fc.integer({ min: 0, max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(
      place,
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      async (at, change, cut) => {
        const bytes = whole.slice();
        bytes[at]! ^= change;
        const file = new Blob([cut ? bytes.subarray(0, at) : bytes]);
        expect(['opened', 'damaged-backup', 'not-a-backup', 'newer-backup']).toContain(
          await kindOf(file),
        );
      },
    ),
    { numRuns: 400, seed: 1 },
  );
});
