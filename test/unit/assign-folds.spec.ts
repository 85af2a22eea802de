import { expect, test } from '@playwright/test';
import { assignFolds } from '../../src/learning/training/assign-folds.ts';

/** Photos of one class, each in the group that the letter names. */
const photos = (label: number, groups: string) =>
  Array.from(groups, (group) => group).map((group, index) => ({
    id: `${label}-${group}-${index}`,
    label,
    group: `${label}${group}`,
  }));

test('each fold holds about the same fraction of each class', () => {
  const folds = assignFolds([...photos(0, 'abcdefgh'), ...photos(1, 'abcd')], 4);
  for (let fold = 0; fold < 4; fold++) {
    const held = [...folds].filter(([, one]) => one === fold).map(([id]) => id[0]);
    expect(held.sort()).toEqual(['0', '0', '1']);
  }
});

test('near-duplicates stay in one fold', () => {
  const folds = assignFolds(photos(0, 'aaabbcccdd'), 3);
  const foldOf = (group: string) =>
    new Set([...folds].filter(([id]) => id.includes(`-${group}-`)).map(([, fold]) => fold));
  for (const group of 'abcd') expect(foldOf(group).size).toBe(1);
});

test('a group that has all photos of a class is never held out, whatever else it shows', () => {
  const mixed = [
    { id: 'cat', label: 0, group: 'both' },
    { id: 'dog', label: 1, group: 'both' },
  ];
  const folds = assignFolds([...mixed, ...photos(0, 'ab')], 3);
  expect([...folds.keys()]).toEqual(['0-a-0', '0-b-1']);
});

test('a class that has one group only is never held out', () => {
  const folds = assignFolds([...photos(0, 'aaa'), ...photos(1, 'ab')], 4);
  expect([...folds.keys()]).toEqual(['1-a-0', '1-b-1']);
});
