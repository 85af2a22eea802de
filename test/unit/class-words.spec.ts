import { expect, test } from '@playwright/test';
import { aClass, inSentence } from '../../src/widgets/answer/class-words.ts';

test.describe('a class within a sentence', () => {
  test('loses the capital that stands at the start of a line, and no other', () => {
    expect(inSentence('Guinea pig')).toBe('guinea pig');
    expect(inSentence('USB stick')).toBe('USB stick');
    expect(inSentence('Maine Coon')).toBe('Maine Coon');
    expect(inSentence('Éclair')).toBe('éclair');
  });

  test('has the article that fits', () => {
    expect(['Cat', 'Dog', 'Owl', 'Éclair'].map(aClass)).toEqual([
      'a cat',
      'a dog',
      'an owl',
      'an éclair',
    ]);
    expect(['Unicorn', 'Unimpressed cat', 'Hour glass', 'Ewe'].map(aClass)).toEqual([
      'a unicorn',
      'an unimpressed cat',
      'an hour glass',
      'a ewe',
    ]);
  });

  test('has none where none fits', () => {
    for (const name of ['my cup', 'no cat', 'nothing', 'the sofa', 'cups', '猫', '🐱', '7 up']) {
      expect(aClass(name)).toBe(name);
    }
    expect(['Bus', 'Iris', 'Glass'].map(aClass)).toEqual(['a bus', 'an iris', 'a glass']);
  });
});
