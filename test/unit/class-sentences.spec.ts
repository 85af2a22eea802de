import { test } from '@playwright/test';
import {
  classesSentence,
  removalSentence,
  removedSentence,
} from '../../src/pages/settings/class-sentences.ts';
import { expectSentences } from '../fixtures/stored-sentences.ts';

test('the list says where its ends are; a removal says what happens to the photos', () => {
  expectSentences('classes', {
    'the fewest classes': classesSentence(2),
    'between the ends': classesSentence(5),
    'the most classes': classesSentence(8),
    'before a removal, 1 photo': removalSentence(1),
    'before a removal, 12 photos': removalSentence(12),
    'after a removal, no photo': removedSentence('Fox', 0),
    'after a removal, 1 photo': removedSentence('Fox', 1),
    'after a removal, 1234 photos': removedSentence('Fox', 1234),
  });
});
