import { expect, test } from '@playwright/test';
import { hashDistance, hashOfGray } from '../../src/image/perceptual-hash.ts';
import { Random } from '../../src/platform/random.ts';

/** A scene of soft waves, `[32, 32]`, seen from a place and in a light. */
function scene(seed: number, { shift = 0, light = 1, noise = 0 } = {}): Float64Array {
  const random = new Random(seed);
  const waves = Array.from({ length: 6 }, () => ({
    x: random.next() * 0.5 - 0.25,
    y: random.next() * 0.5 - 0.25,
    phase: random.next() * 6,
  }));
  const grain = new Random(seed + 1_000);
  return Float64Array.from({ length: 32 * 32 }, (_, i) => {
    const [x, y] = [(i % 32) + shift, Math.floor(i / 32)];
    const sum = waves.reduce(
      (all, wave) => all + Math.sin(wave.x * x + wave.y * y + wave.phase),
      0,
    );
    return light * (128 + 20 * sum) + noise * (grain.next() - 0.5);
  });
}

test('8 bands of 8 bits, each with its place', () => {
  const bands = hashOfGray(scene(1));
  expect(bands.map((band) => Math.floor(band / 256))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a little light, noise or a small shift changes few bits; another scene many', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const bands = hashOfGray(scene(seed));
    expect(hashDistance(bands, hashOfGray(scene(seed, { light: 1.15 })))).toBe(0);
    expect(hashDistance(bands, hashOfGray(scene(seed, { noise: 1 })))).toBeLessThanOrEqual(10);
    expect(hashDistance(bands, hashOfGray(scene(seed, { shift: 0.3 })))).toBeLessThanOrEqual(10);
    expect(hashDistance(bands, hashOfGray(scene(seed + 10)))).toBeGreaterThan(10);
  }
});

test('the distance counts the bits that differ', () => {
  expect(hashDistance([0b1011, 256], [0b0010, 257])).toBe(3);
});
