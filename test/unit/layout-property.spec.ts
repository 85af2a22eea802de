import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { atOnce } from '../../src/platform/in-steps.ts';
import { readLayout } from '../../src/photos/import/layout/read-layout.ts';

/** Names of classes that no system gives, in several scripts; none is a word of the app's. */
const LABELS = [
  'fox',
  'Owl',
  'red panda',
  'erizo',
  'نمر',
  '狐',
  '🦔',
  'Cats',
  'perros',
  'label_7x',
];
const SPLITS: readonly (readonly string[])[] = [
  ['train', 'test'],
  ['Train', 'Validation', 'Test'],
  ['training_set', 'test_set'],
  ['seg_train/seg_train', 'seg_test/seg_test'],
  ['entrenamiento', 'validación', 'prueba'],
  ['تدريب', 'اختبار'],
];
const AROUND = [
  '',
  'archive/',
  'my data set/',
  'Kaggle download/dataset/',
  'Takeout/Google Photos/',
  './',
];
const BESIDE = [
  'README.md',
  'LICENSE',
  'data.yaml',
  '__MACOSX/._x.jpg',
  'model.h5',
  'labels.cache',
];
const FILES = ['IMG_*.jpg', '*.png', 'DSC*.JPG', '20240501_10111*.jpg', 'x_*_jpg.rf.0a1b2c.jpg'];

const sets = fc.record({
  labels: fc.uniqueArray(fc.constantFrom(...LABELS), { minLength: 2, maxLength: 6 }),
  split: fc.option(fc.constantFrom(...SPLITS), { nil: undefined }),
  isSplitInside: fc.boolean(),
  around: fc.constantFrom(...AROUND),
  beside: fc.subarray(BESIDE),
  file: fc.constantFrom(...FILES),
  count: fc.integer({ min: 1, max: 4 }),
  separator: fc.constantFrom('/', '\\'),
});

test('classes in folders are the labels, however a set is split, wrapped and littered', () => {
  fc.assert(
    fc.property(
      sets,
      ({ labels, split, isSplitInside, around, beside, file, count, separator }) => {
        const paths: string[] = [];
        const wanted = new Map<string, string>();
        for (const label of labels) {
          for (const folder of split ?? ['']) {
            const folders = isSplitInside ? [label, folder.split('/')[0]!] : [folder, label];
            for (let i = 0; i < count; i++) {
              const parts = [...folders, file.replace('*', String(i))].filter(
                (part) => part !== '',
              );
              const path = (around + parts.join('/')).replaceAll('/', separator);
              paths.push(path);
              wanted.set(path, label);
            }
          }
        }
        paths.push(...beside.map((name) => (around + name).replaceAll('/', separator)));
        const layout = atOnce(readLayout(paths, new Map()));
        const read = layout.map(({ role, label, split }) => [
          role === 'picture',
          label,
          split !== undefined,
        ]);
        expect(read).toEqual(
          paths.map((path) => {
            const isPicture = wanted.has(path);
            return [isPicture, wanted.get(path), isPicture && split !== undefined];
          }),
        );
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});
