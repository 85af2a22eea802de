import { expect, test } from '@playwright/test';
import { Random } from '../../src/platform/random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const first = new Random(7);
  const same = new Random(7);
  const other = new Random(8);
  const numbers = Array.from({ length: 50 }, () => first.next());
  expect(Array.from({ length: 50 }, () => same.next())).toEqual(numbers);
  expect(Array.from({ length: 50 }, () => other.next())).not.toEqual(numbers);
});

test('numbers are uniform in [0, 1)', () => {
  const random = new Random(1);
  const bins = new Array<number>(10).fill(0);
  const total = 50_000;
  for (let i = 0; i < total; i++) bins[Math.floor(random.next() * 10)]!++;
  expect(bins).toHaveLength(10);
  // Chi-squared with 9 degrees of freedom: below 33.7 except for one generator in 10,000.
  const expected = total / 10;
  expect(bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(33.7);
});

test('a shuffle keeps every item', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  const shuffled = new Random(3).shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
});

test('a generator goes on from its state, stored and read, and the first one does not notice', () => {
  const first = new Random(7);
  for (let i = 0; i < 9; i++) first.next();
  const { state } = first;
  const second = Random.from(structuredClone(state));
  const third = Random.from(JSON.parse(JSON.stringify(state)) as typeof state);
  const numbers = Array.from({ length: 20 }, () => first.next());
  expect(Array.from({ length: 20 }, () => second.next())).toEqual(numbers);
  expect(Array.from({ length: 20 }, () => third.next())).toEqual(numbers);
  expect(Random.from(state).state).toEqual(state);
  expect(first.state).not.toEqual(state);
});
