import { expect, test } from '@playwright/test';
import { markedUp } from '../../src/ui/marked-up.ts';

test('markup stands where the language puts it, in whatever order', () => {
  const [name, chance] = [{ part: 'name' }, { part: 'chance' }];
  expect(markedUp((a, b) => `Looks like ${a}, ${b}`, name, chance)).toEqual([
    'Looks like ',
    name,
    ', ',
    chance,
    '',
  ]);
  expect(markedUp((a, b) => `${b}: ${a}`, name, chance)).toEqual(['', chance, ': ', name, '']);
});
