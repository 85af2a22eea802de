import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { parseFiles } from '../../src/backup/backup-tables.ts';
import {
  backup,
  type Edit,
  first,
  jpeg,
  type Json,
  kindOf,
  library,
  weights,
  withBase,
} from '../fixtures/backup-bytes.ts';
import { spoiltJson } from '../fixtures/spoilt-json.ts';

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
