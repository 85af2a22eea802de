import { expect, test } from '@playwright/test';
import {
  classesSentence,
  removalSentence,
  removedSentence,
} from '../../src/pages/settings/class-sentences.ts';

test.describe('sentences of the classes', () => {
  test('the list says where its ends are', () => {
    expect(classesSentence(2)).toContain('Two must stay; add as many as 8.');
    expect(classesSentence(5)).toBe('What your phone learns to tell apart.');
    expect(classesSentence(8)).toContain('With 8 there is no room for another.');
  });

  test('before the removal: what happens to the photos', () => {
    expect(removalSentence(1)).toMatch(/^Its photo is deleted with it\. It is kept a moment/);
    expect(removalSentence(12)).toMatch(/^Its 12 photos are deleted with it\. They are kept/);
    expect(removalSentence(12)).toContain('until you train again');
  });

  test('after the removal: what has gone', () => {
    expect(removedSentence('Fox', 0)).toBe('Fox removed.');
    expect(removedSentence('Fox', 1)).toBe('Fox and 1 photo removed.');
    expect(removedSentence('Fox', 1234)).toBe('Fox and 1,234 photos removed.');
  });
});
