import { expect, test } from '@playwright/test';
import {
  importSummary,
  isSmooth,
  labelQuestion,
  tileName,
} from '../../src/pages/photos/photo-sentences.ts';
import type { RunReport } from '../../src/session/import-run.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

const NOTHING: RunReport = {
  total: 0,
  added: 0,
  photoIds: [],
  created: [],
  replaced: new Map(),
  duplicates: 0,
  refused: [],
  incomplete: [],
  wide: [],
  moved: 0,
  notTried: 0,
  passedOver: 0,
  elsewhere: [],
};

const SMOOTH = { ...NOTHING, total: 3, added: 3 };
const MIXED = { ...NOTHING, total: 8, added: 1, duplicates: 1, notTried: 6 };
const REFUSED = { ...NOTHING, total: 1, refused: [{ name: 'a.txt', reason: 'Not a picture.' }] };

const INCOMPLETE = { ...NOTHING, total: 2, added: 2, incomplete: ['cats/a.jpg', 'b.jpg'] };

const LOCKED = {
  kind: 'nowhere',
  name: 'a.zip',
  sentence: '“a.zip” is locked with a password. Unpack it first.',
  files: [],
} as const;

test('a tile is named by its label, its source and its time', () => {
  const createdAt = new Date(2026, 4, 3, 14, 2).getTime();
  const taken = tileName('Cat', { source: 'camera', createdAt });
  const imported = tileName('Cat', { source: 'file', createdAt });
  for (const name of [taken, imported]) expect(name).toMatch(/^Cat, .*3.*2.?:02/);
  expect(taken).not.toBe(imported);
});

test('an import went smoothly where nothing is left to explain', () => {
  const reports = [SMOOTH, MIXED, REFUSED, INCOMPLETE, NOTHING];
  expect(reports.map(isSmooth)).toEqual([true, false, false, false, false]);
  expect(importSummary(SMOOTH).sentences).toEqual([]);
});

test('the import sheet asks in the right number, and says what came of it', () => {
  const summary = (report: RunReport) => {
    const { title, sentences } = importSummary(report);
    return [title, ...sentences];
  };
  expectSentences('import', {
    'question, number not known': labelQuestion(undefined),
    'question, 1 photo': labelQuestion(1),
    'question, 12 photos': labelQuestion(12),
    '3 of 3 added': summary(SMOOTH),
    '1 of 8 added, 1 duplicate, 6 not tried': summary(MIXED),
    '2 added, a part of them missing': summary(INCOMPLETE),
    '1 refused': summary(REFUSED),
    '3 added, 1 square moved': summary({ ...SMOOTH, moved: 1 }),
    '3 added, 2 squares moved': summary({ ...SMOOTH, moved: 2 }),
    nothing: summary(NOTHING),
    'an archive that the app does not open': summary({ ...NOTHING, elsewhere: [LOCKED] }),
    'no picture among 16 files': summary({ ...NOTHING, passedOver: 16 }),
  });
});
