import { expect, test } from '@playwright/test';
import { confidentMistakes } from '../../src/pages/models/confident-mistakes.ts';
import type { PhotoRecord } from '../../src/records/photo.ts';

const CLASSES = ['cat', 'dog'].map((id, palette) => ({ id, name: id, palette }));

test('a mistake is shown while its photo is there and still has the label that the model was tested with', () => {
  const mistake = (photoId: string) => ({ photoId, truth: 0, answer: 1, probability: 0.9 });
  const mistakes = ['gone', 'relabelled', 'a', ...Array.from({ length: 9 }, () => 'b')];
  const test = {
    ...{ count: 12, correct: 0, loss: 1, confusion: [], reliability: [], calibrationError: 0 },
    mistakes: mistakes.map(mistake),
  };
  const photos = [photo('a', 'cat'), photo('b', 'cat')];
  const shown = confidentMistakes({ classes: CLASSES, test }, [
    ...photos,
    photo('relabelled', 'dog'),
  ]);
  expect(shown.map(({ photoId }) => photoId)).toEqual(['a', ...Array<string>(7).fill('b')]);
  expect(confidentMistakes({ classes: CLASSES }, photos)).toEqual([]);
});

function photo(id: string, classId: string): PhotoRecord {
  return {
    ...{ id, classId, split: 'test', sha256: id, source: 'camera', createdAt: 0, size: 512 },
    bytes: 1,
  } as const;
}
