import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { fromBase45, toBase45 } from '../../src/models/formats/phone/base45.ts';
import { CodeCollector } from '../../src/models/formats/phone/collect-codes.ts';
import {
  CODE_START,
  codesOf,
  MOST_CODES,
  PART_BYTES,
  toCodes,
} from '../../src/models/formats/phone/model-codes.ts';
import { isModelText, readModelText } from '../../src/models/formats/phone/read-model-text.ts';
import { Problem } from '../../src/platform/problem.ts';

const files = fc.uint8Array({ minLength: 1, maxLength: 6 * PART_BYTES }).map(copy);

function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function fileOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * i * 31 + i) & 0xff);
}

const utf8 = (text: string) => new TextEncoder().encode(text);

test('base45 gives the examples of RFC 9285', () => {
  for (const [plain, text] of [
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ] as const) {
    expect(toBase45(utf8(plain))).toBe(text);
    expect(new TextDecoder().decode(fromBase45(text))).toBe(plain);
  }
});

test('base45 comes back, and text that is none is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase45(toBase45(bytes))).toEqual(copy(bytes));
    }),
  );
  // RFC 9285, 6: too large, a character that is none, and a length that cannot be.
  for (const text of ['GGW', '::', 'abc', 'BB8B', 'Ä00']) expect(fromBase45(text)).toBeUndefined();
});

test('a file comes back from its codes in any order, with repeats', async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.array(fc.nat()), fc.boolean(), async (file, first, turned) => {
      const codes = await toCodes(file);
      const collector = new CodeCollector();
      const seen = new Set<string>();
      // As a camera meets them: any of them any number of times, and in the end all.
      const rest = turned ? codes.toReversed() : codes;
      for (const code of [...first.map((choice) => codes[choice % codes.length]!), ...rest]) {
        expect(await collector.file()).toEqual(seen.size < codes.length ? undefined : file);
        expect(collector.add(code)).toBe(seen.has(code) ? 'known' : 'new');
        seen.add(code);
      }
      expect(collector.got).toEqual(codes.map(() => true));
      expect(await collector.file()).toEqual(file);
    }),
    { numRuns: 60 },
  );
});

test('a code that changed anywhere is refused, and the others still make the file', async () => {
  const file = fileOf(3 * PART_BYTES);
  const codes = await toCodes(file);
  fc.assert(
    fc.property(
      fc.nat({ max: codes.length - 1 }),
      fc.nat(),
      fc.constantFrom('0', '9', 'A', 'Z', ' ', ':', 'a', 'é'),
      (which, place, character) => {
        const code = codes[which]!;
        const at = CODE_START.length + (place % (code.length - CODE_START.length));
        if (code[at] === character) return;
        const collector = new CodeCollector();
        expect(collector.add(code.slice(0, at) + character + code.slice(at + 1))).toBe('damaged');
        expect(collector.add(code.slice(0, at))).toBe('damaged');
        expect(collector.add(code + character)).toBe('damaged');
        expect(collector.count).toBe(0);
      },
    ),
  );
  const collector = new CodeCollector();
  for (const code of codes) {
    collector.add(code.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
    expect(collector.add(code)).toBe('new');
  }
  expect(await collector.file()).toEqual(file);
});

test('whatever a QR code says, it is refused by what it is and nothing breaks', () => {
  const collector = new CodeCollector();
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
      expect(['other', 'newer', 'damaged']).toContain(collector.add(text));
      expect(['other', 'damaged']).toContain(collector.add(CODE_START + text));
    }),
  );
  expect(collector.add('https://example.org/')).toBe('other');
  expect(collector.add('PURR2:ABC')).toBe('newer');
  expect(collector.add('PURR0:ABC')).toBe('other');
  expect(collector.add(CODE_START)).toBe('damaged');
  expect(collector.add(CODE_START + 'A'.repeat(1_000_000))).toBe('damaged');
  expect(collector.count).toBe(0);
});

test('the code of another model begins anew, and both ways lead to their file', async () => {
  const [first, second] = [fileOf(2 * PART_BYTES), fileOf(2 * PART_BYTES).reverse()];
  const [a, b] = await Promise.all([toCodes(first), toCodes(second)]);
  const collector = new CodeCollector();
  collector.add(a[0]!);
  collector.add(b[1]!);
  expect(collector.got).toEqual([false, true]);
  collector.add(b[0]!);
  expect(await collector.file()).toEqual(second);
});

test('codes that say they belong together but do not begin anew', async () => {
  const file = fileOf(2 * PART_BYTES);
  const [first] = await toCodes(file);
  // The second code of a file that has the first one's hash, but another part.
  const forged = fromBase45((await toCodes(file))[1]!.slice(CODE_START.length))!;
  forged[20]! ^= 1;
  const { crc32 } = await import('../../src/platform/archive/crc32.ts');
  new DataView(forged.buffer).setUint32(
    forged.length - 4,
    crc32(forged.subarray(0, forged.length - 4)),
    true,
  );
  const collector = new CodeCollector();
  collector.add(first!);
  expect(collector.add(CODE_START + toBase45(forged))).toBe('new');
  expect(await collector.file()).toBeUndefined();
  expect(collector.count).toBe(0);
  for (const code of await toCodes(file)) collector.add(code);
  expect(await collector.file()).toEqual(file);
});

test('the codes of one file are equally large, at most of version 15, and are read back', async () => {
  for (const size of [1, 700, 2_100, 12_000]) {
    const file = fileOf(size);
    const collector = new CodeCollector();
    const sides = new Set<number>();
    for (const code of await toCodes(file)) {
      const modules = encodeQR(code, 'raw', { ecc: 'low', border: 4 });
      sides.add(modules.length);
      // Version 15 is 77 modules wide (ISO/IEC 18004, table 1).
      expect(modules.length).toBeLessThanOrEqual(77 + 8);
      collector.add(decodeQR(pictureOf(modules, 4)));
    }
    expect(sides.size).toBe(1);
    expect(await collector.file()).toEqual(file);
  }
});

test('a head of two classes takes five codes, and one too large for codes is refused', async () => {
  expect(codesOf(2_150)).toBe(5);
  expect(codesOf(0)).toBe(1);
  await expect(toCodes(fileOf(MOST_CODES * PART_BYTES + 1))).rejects.toThrow(RangeError);
  expect(await toCodes(fileOf(MOST_CODES * PART_BYTES))).toHaveLength(MOST_CODES);
});

test('a file comes back from text, however its lines end and are ordered', async () => {
  const file = fileOf(1_500);
  const codes = await toCodes(file);
  for (const text of [
    codes.join('\n'),
    `${codes.join('\r\n')}\r\n`,
    `\uFEFF${codes.toReversed().join('\n')}`,
    [...codes, '-- ', 'sent by somebody'].join('\n'),
  ]) {
    expect(isModelText(utf8(text))).toBe(true);
    expect(await readModelText(utf8(text))).toEqual(file);
  }
  expect(isModelText(utf8('Meow'))).toBe(false);
  expect(isModelText(new Uint8Array())).toBe(false);
  for (const text of [codes.slice(1).join('\n'), codes.join(''), codes.join('\n').slice(0, -1)]) {
    const thrown = await readModelText(utf8(text)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect((thrown as Problem).message).toContain('arrived damaged');
  }
});

/** A picture of a code as a screenshot would be. */
function pictureOf(modules: readonly (readonly boolean[])[], scale: number) {
  const side = modules.length * scale;
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isDark = modules[Math.floor(y / scale)]![Math.floor(x / scale)]!;
      if (isDark) data.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    }
  }
  return { width: side, height: side, data };
}
