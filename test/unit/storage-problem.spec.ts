import { expect, test } from '@playwright/test';
import { Problem } from '../../src/platform/problem.ts';
import { storageProblem } from '../../src/storage/storage-problem.ts';

test('each failure of IndexedDB gets its own kind', () => {
  const kinds = [
    [new DOMException('', 'QuotaExceededError'), 'quota'],
    [new DOMException('Failed to write blobs (IOError)', 'DataError'), 'disk'],
    [new DOMException('000003.log: FILE_ERROR_NO_SPACE', 'UnknownError'), 'disk'],
    [new DOMException('', 'VersionError'), 'newer'],
    [new DOMException('', 'UnknownError'), 'storage'],
    ['a string', 'storage'],
  ] as const;
  for (const [thrown, kind] of kinds) expect(storageProblem(thrown).kind).toBe(kind);
});

test('the reason may be the cause of what was thrown', () => {
  const full = new DOMException('', 'QuotaExceededError');
  const wrapped = new Error('The transaction was aborted.', {
    cause: new Error('A request failed.', { cause: full }),
  });
  expect(storageProblem(wrapped).kind).toBe('quota');
});

test('where the storage is known to be full, an error without a reason is told so', () => {
  const aborted = new DOMException('', 'AbortError');
  expect(storageProblem(aborted, 'disk')).toMatchObject({
    kind: 'disk',
    message: expect.stringContaining('The disk is full'),
  });
  expect(storageProblem(new DOMException('', 'VersionError'), 'disk').kind).toBe('newer');
  expect(storageProblem(new DOMException('', 'DataCloneError'), 'disk').kind).toBe('storage');
});

test('a Problem stays what it is, here and across a worker', () => {
  const problem = new Problem('blocked', 'Close that tab.', { cause: new Error('why') });
  expect(storageProblem(problem)).toBe(problem);
  const received = Problem.from(structuredClone(problem.toData()));
  expect(received).toMatchObject({ kind: 'blocked', message: 'Close that tab.' });
  expect(received.detail).toBe('Error: why');
});
