import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { jsonShape } from '../../src/platform/json-shape.ts';

const shapeOf = (text: string) => jsonShape(new TextEncoder().encode(text));

test('brackets are counted, but not those within strings', () => {
  expect(shapeOf('{"a": [1, 2, {"b": "[[[{,,"}], "\\"[": "é]"}')).toEqual({ depth: 3, values: 6 });
  expect(shapeOf('['.repeat(1_000))).toEqual({ depth: 1_000, values: 1_000 });
  expect(shapeOf('')).toEqual({ depth: 0, values: 0 });
});

test('of any JSON: the depth it has, and no fewer values than it holds', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
      : 0;
  const countOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce<number>((sum, child) => sum + countOf(child), 1)
      : 1;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const { depth, values } = shapeOf(JSON.stringify(value));
      expect(depth).toBe(depthOf(value));
      // Each value but the outermost follows a comma, or a bracket that opens.
      expect(values + 1).toBeGreaterThanOrEqual(countOf(value));
    }),
    { numRuns: 300, seed: 1 },
  );
});
