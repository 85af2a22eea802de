import { expect, test } from '@playwright/test';
import {
  importSummary,
  isSmooth,
  labelQuestion,
  tileName,
} from '../../src/pages/photos/photo-sentences.ts';
import type { ImportReport } from '../../src/photos/import/import-files.ts';

const NOTHING: ImportReport = {
  total: 0,
  added: 0,
  photoIds: [],
  duplicates: 0,
  refused: [],
  wide: [],
  notTried: 0,
};

test.describe('sentences of Photos', () => {
  test('a tile is named by its label, its source and its time', () => {
    const createdAt = new Date(2026, 4, 3, 14, 2).getTime();
    expect(tileName('Cat', { source: 'camera', createdAt })).toMatch(/^Cat, taken .*3.*2.?:02/);
    expect(tileName('Dog', { source: 'file', createdAt })).toMatch(/^Dog, imported /);
  });

  test('the import sheet asks in the right number', () => {
    expect(labelQuestion(undefined)).toBe('What do the photos show?');
    expect(labelQuestion(1)).toBe('What does this photo show?');
    expect(labelQuestion(12)).toBe('What do these 12 photos show?');
  });

  test('an import that went smoothly has nothing to explain', () => {
    const report = { ...NOTHING, total: 3, added: 3 };
    expect(isSmooth(report)).toBe(true);
    expect(importSummary(report)).toEqual({ title: '3 photos added', sentences: [] });
  });

  test('duplicates and files that were not tried are said', () => {
    const report = { ...NOTHING, total: 8, added: 1, duplicates: 1, notTried: 6 };
    expect(isSmooth(report)).toBe(false);
    expect(importSummary(report)).toEqual({
      title: '1 photo added',
      sentences: ['1 was here already and keeps its label.', '6 were not tried.'],
    });
  });

  test('an import of nothing but refused files added nothing', () => {
    const report = { ...NOTHING, total: 1, refused: [{ name: 'a.txt', reason: 'Not a picture.' }] };
    expect(importSummary(report).title).toBe('No photo added');
    expect(isSmooth(NOTHING)).toBe(false);
    expect(importSummary(NOTHING).sentences).toEqual(['There was no photo in it.']);
  });
});
