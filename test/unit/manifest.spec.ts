import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Picture {
  readonly src: string;
  readonly sizes: string;
  readonly type: string;
  readonly form_factor: 'narrow' | 'wide';
  readonly label: string;
}

const MOST_BYTES = 150_000;

/** Width and height by the frame header (SOF0 to SOF2) of a JPEG, as `780x1688`. */
function jpegSize(bytes: Buffer): string {
  expect(bytes.readUInt16BE(0)).toBe(0xffd8);
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker >= 0xc0 && marker <= 0xc2) {
      return `${bytes.readUInt16BE(at + 7)}x${bytes.readUInt16BE(at + 5)}`;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw new Error('No frame header');
}

test('the screenshots of the manifest are there, as large as it says, and light', async () => {
  const manifest = await readFile('public/manifest.webmanifest', 'utf8');
  const { screenshots } = JSON.parse(manifest) as { screenshots: Picture[] };
  for (const kind of ['narrow', 'wide'] as const) {
    const sizes = screenshots.filter(({ form_factor }) => form_factor === kind);
    expect(sizes.length, kind).toBeGreaterThan(0);
    // A browser shows those of one size only.
    expect(new Set(sizes.map(({ sizes }) => sizes)).size, kind).toBe(1);
  }
  for (const { src, sizes, type, label } of screenshots) {
    const bytes = await readFile(join('public', src));
    expect(type, src).toBe('image/jpeg');
    expect(jpegSize(bytes), src).toBe(sizes);
    expect(bytes.byteLength, src).toBeLessThan(MOST_BYTES);
    expect(label, src).not.toBe('');
  }
});
