import { expect, test } from '@playwright/test';
import type { ImportOptions, ImportReport } from '../../src/photos/import/import-files.ts';
import { ImportRun, type ImportBatch } from '../../src/session/import-run.ts';
import type { ClassRecord } from '../../src/records/class.ts';

const CAT: ClassRecord = { id: 'cat', name: 'Cat', order: 0, palette: 0 };
const FOX: ClassRecord = { id: 'fox', name: 'Fox', order: 2, palette: 2 };
const picture = { name: 'a.jpg', read: () => Promise.resolve(new Blob()) };
const BATCH: ImportBatch = {
  pictures: [{ picture, classId: 'cat' }],
  labels: [CAT],
  newClasses: [FOX],
  replaced: new Map(),
  source: 'shared',
  passedOver: 2,
  elsewhere: [],
  refused: [{ name: 'pets.zip', reason: 'Damaged.' }],
};
const REPORT: ImportReport = {
  total: 2,
  added: 1,
  photoIds: ['a'],
  created: [],
  replaced: new Map(),
  duplicates: 0,
  refused: [{ name: 'b.jpg', reason: 'Empty.' }],
  incomplete: [],
  wide: [{ photoId: 'a', picture }],
  moved: 0,
  notTried: 0,
};

test('an import runs, is stopped, and keeps its report until it is forgotten', async () => {
  const { run, end, asked } = heldRun();
  let changes = 0;
  run.addEventListener('change', () => changes++);
  const ended = run.start(BATCH);
  expect(run.running).toBe(true);
  expect(asked[0]).toMatchObject({ source: 'shared', newClasses: [FOX] });
  asked[0]!.onProgress?.({ total: 2, done: 1, added: 1 });
  expect(run.progress).toEqual({ total: 2, done: 1, added: 1 });
  expect(changes).toBe(1);

  run.stop();
  expect(asked[0]!.signal?.aborted).toBe(true);
  end();
  await ended;
  expect(run).toMatchObject({ running: false, progress: undefined, labels: [CAT] });
  expect(run.report).toMatchObject({ total: 3, added: 1, passedOver: 2 });
  expect(run.report?.refused.map(({ name }) => name)).toEqual(['pets.zip', 'b.jpg']);
  expect(changes).toBe(2);

  run.dismiss();
  expect(run.report).toBeUndefined();
});

test('an import is paused and goes on, or is stopped while it is paused', async () => {
  const { run, end, asked } = heldRun();
  const ended = run.start(BATCH);
  const { signal, whenResumed } = asked[0]!;
  await whenResumed!();
  run.pause();
  expect(run.paused).toBe(true);
  let goesOn = 0;
  const waiting = whenResumed!().then(() => goesOn++);
  await Promise.resolve();
  expect(goesOn).toBe(0);
  run.resume();
  await waiting;
  expect(run.paused).toBe(false);

  run.pause();
  const stopped = whenResumed!();
  run.stop();
  await stopped;
  expect(signal?.aborted).toBe(true);
  end();
  await ended;
  expect(run).toMatchObject({ running: false, paused: false });
});

test('there is one import at a time', async () => {
  const { run, end, asked } = heldRun();
  const first = run.start(BATCH);
  await run.start(BATCH);
  expect(asked).toHaveLength(1);
  end();
  await first;
  void run.start(BATCH);
  expect(run.running).toBe(true);
  expect(run.report).toBeUndefined();
});

test('what was shared is let go when each file was tried, and not before', async () => {
  let letGo = 0;
  const whenAllTried = () => {
    letGo++;
    return Promise.resolve();
  };
  const stopped = heldRun({ ...REPORT, notTried: 1 });
  const first = stopped.run.start({ ...BATCH, whenAllTried });
  stopped.end();
  await first;
  expect(letGo).toBe(0);

  const { run, end } = heldRun();
  const second = run.start({ ...BATCH, whenAllTried });
  end();
  await second;
  expect(letGo).toBe(1);
});

test('an adjusted photo is known by its new id: Undo takes out what is there', async () => {
  const { run, end } = heldRun();
  const ended = run.start(BATCH);
  end();
  await ended;
  const square = { crop: { x: 3, y: 0, side: 200 }, width: 300 };
  run.adjusted('a', 'b', square);
  expect(run.report?.photoIds).toEqual(['b']);
  expect(run.wide).toEqual([{ photoId: 'b', picture, square }]);
  run.undone();
  expect(run.wide).toEqual([]);
});

/** A run whose imports last until they are told to end. */
function heldRun(report = REPORT) {
  const asked: ImportOptions[] = [];
  let end: () => void = () => undefined;
  const run = new ImportRun((_pictures, options = {}) => {
    asked.push(options);
    return new Promise((resolve) => {
      end = () => resolve(report);
    });
  });
  return { run, asked, end: () => end() };
}
