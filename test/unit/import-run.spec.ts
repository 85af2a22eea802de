import { expect, test } from '@playwright/test';
import type { ImportOptions, ImportReport } from '../../src/photos/import/import-files.ts';
import { ImportRun } from '../../src/photos/import/import-run.ts';
import type { ClassRecord } from '../../src/photos/record.ts';

const CAT: ClassRecord = { id: 'cat', name: 'Cat', order: 0, palette: 0 };
const REPORT: ImportReport = {
  total: 2,
  added: 1,
  photoIds: ['a'],
  duplicates: 0,
  refused: [],
  notTried: 1,
};

test('an import runs, is stopped, and keeps its report until it is forgotten', async () => {
  const { run, end, asked } = heldRun();
  let changes = 0;
  run.addEventListener('change', () => changes++);
  const ended = run.start([], CAT);
  expect(run.running).toBe(true);
  asked[0]!.onProgress?.({ total: 2, done: 1, added: 1 });
  expect(run.progress).toEqual({ total: 2, done: 1, added: 1 });
  expect(changes).toBe(1);

  run.stop();
  expect(asked[0]!.signal?.aborted).toBe(true);
  end();
  await ended;
  expect(run).toMatchObject({ running: false, progress: undefined, report: REPORT, label: CAT });
  expect(changes).toBe(2);

  run.forget();
  expect(run.report).toBeUndefined();
});

test('there is one import at a time', async () => {
  const { run, end, asked } = heldRun();
  const first = run.start([], CAT);
  await run.start([], CAT);
  expect(asked).toHaveLength(1);
  end();
  await first;
  void run.start([], CAT);
  expect(run.running).toBe(true);
  expect(run.report).toBeUndefined();
});

/** A run whose imports last until they are told to end. */
function heldRun() {
  const asked: ImportOptions[] = [];
  let end: () => void = () => undefined;
  const run = new ImportRun((_files, _classId, options = {}) => {
    asked.push(options);
    return new Promise((resolve) => {
      end = () => resolve(REPORT);
    });
  });
  return { run, asked, end: () => end() };
}
