import { expect, test } from '@playwright/test';
import { FrameHints, hintOf } from '../../src/camera/frame-hints.ts';
import { frameQuality, QUALITY_SIZE as SIZE } from '../../src/image/frame-quality.ts';

/** Something with edges: bars of several widths, bright and dark. */
function drawBars(): Uint8Array {
  return Uint8Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    const bar = (Math.floor(x / 7) + Math.floor(y / 9) * 3 + Math.floor((x + y) / 23)) % 5;
    return 30 + bar * 45;
  });
}

function darken(gray: Uint8Array, factor: number): Uint8Array {
  return gray.map((level) => level * factor);
}

/** The mean over a square of 2 radius + 1 pixels. */
function blur(gray: Uint8Array, radius: number): Uint8Array {
  return gray.map((_, i) => {
    let sum = 0;
    let count = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const [x, y] = [(i % SIZE) + dx, Math.floor(i / SIZE) + dy];
        if (x < 0 || y < 0 || x >= SIZE || y >= SIZE) continue;
        sum += gray[y * SIZE + x]!;
        count++;
      }
    }
    return sum / count;
  });
}

/** The middle of the picture before a plain wall. */
function shrink(gray: Uint8Array, side: number): Uint8Array {
  const edge = (SIZE - side) / 2;
  return gray.map((level, i) => {
    const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
    return Math.min(x, y) >= edge && Math.max(x, y) < SIZE - edge ? level : 150;
  });
}

const hint = (gray: Uint8Array) => hintOf(frameQuality(gray));

test('a clear picture has no hint; a dark, a blurred and a far one have theirs', () => {
  const bars = drawBars();
  expect(hint(bars)).toBeUndefined();
  expect(hint(darken(bars, 0.3))).toBe('dark');
  expect(hint(blur(bars, 5))).toBe('blurred');
  expect(hint(shrink(bars, 50))).toBe('far');
  expect(hint(shrink(bars, 120))).toBeUndefined();
});

test('a plain wall is neither blurred nor far: nothing is there', () => {
  expect(hint(new Uint8Array(SIZE * SIZE).fill(150))).toBeUndefined();
});

test('the figures are what they say', () => {
  const half = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => (i % SIZE < SIZE / 2 ? 40 : 200));
  const quality = frameQuality(half);
  expect(quality).toMatchObject({ brightness: 200, brightest: 200 });
  expect(quality.blur).toBeLessThan(0.3);
  // The edge lies between two columns of 16 cells, and its gradient is in both.
  expect(quality.detail).toBeLessThanOrEqual(2 / 16);
  expect(frameQuality(blur(half, 4)).blur).toBeGreaterThan(quality.blur);
});

test('a hint comes after it has stood, goes after it has gone, and does not flicker', () => {
  const clear = frameQuality(drawBars());
  const dark = frameQuality(darken(drawBars(), 0.3));
  const dusk = { ...dark, brightness: 88 };
  const hints = new FrameHints();
  let time = 0;
  const watch = (quality: typeof clear, milliseconds: number) => {
    const seen = new Set<string | undefined>();
    for (const end = time + milliseconds; time < end; time += 300) {
      seen.add(hints.update(quality, time));
    }
    return [...seen];
  };
  expect(watch(clear, 3000)).toEqual([undefined]);
  // A hand passes.
  expect(watch(dark, 600)).toEqual([undefined]);
  expect(watch(clear, 300)).toEqual([undefined]);
  expect(watch(dark, 900)).toEqual([undefined]);
  expect(watch(dark, 900)).toEqual(['dark']);
  // A little lighter, but not light; and light for a blink.
  expect(watch(dusk, 3000)).toEqual(['dark']);
  expect(watch(clear, 300)).toEqual(['dark']);
  expect(watch(dusk, 900)).toEqual(['dark']);
  expect(watch(clear, 1200)).toEqual(['dark', undefined]);
  // What would keep a hint does not bring it.
  expect(watch(dusk, 3000)).toEqual([undefined]);
});

test('one hint takes the place of another', () => {
  const hints = new FrameHints();
  const dark = frameQuality(darken(drawBars(), 0.3));
  const blurred = frameQuality(blur(drawBars(), 5));
  for (let time = 0; time <= 1200; time += 300) hints.update(dark, time);
  expect(hints.update(dark, 1500)).toBe('dark');
  for (let time = 1800; time <= 2700; time += 300) hints.update(blurred, time);
  expect(hints.update(blurred, 3000)).toBe('blurred');
});
