import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { headFromBytes, headToBytes } from '../../src/models/formats/phone/head-bytes.ts';
import { readPhoneModel } from '../../src/models/formats/phone/read-phone-model.ts';
import { writePhoneModel } from '../../src/models/formats/phone/write-phone-model.ts';
import { Problem } from '../../src/platform/problem.ts';
import { NAMES, ofTwo } from '../fixtures/phone-models.ts';

test('a file that was changed anywhere is refused in words', async () => {
  const bytes = await writePhoneModel(ofTwo(), 'int8');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const changed = bytes.slice();
        changed[at]! ^= change;
        await expectRefused(changed);
      },
    ),
    { numRuns: 300 },
  );
});

test('a file that was cut off or has more at its end is refused in words', async () => {
  const bytes = await writePhoneModel(ofTwo(), 'float16');
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
      await expectRefused(bytes.slice(0, length));
    }),
    { numRuns: 100 },
  );
  await expectRefused(Uint8Array.of(...bytes, 0));
});

const FURTHER = { layer: 'block_3_project_BN', length: 32, scale: 1.25 };

/** Other values for a fact of the header, each of which is none. */
const HOSTILE: Readonly<Record<string, unknown>> = {
  'no weights': { featureLength: 0 },
  'more features than there are': { featureLength: 1281 },
  'more features than a base has': { featureLength: 2 ** 31 },
  'a fraction of a feature': { featureLength: 1280.5 },
  'another precision': { precision: 'int4' },
  'one class': { classes: [{ name: 'Cat', palette: 0 }] },
  'more classes than outputs': { classes: NAMES.slice(0, 3).map((name) => ({ name, palette: 0 })) },
  'a name that turns the text around': {
    classes: ['Cat', '\u202eDog'].map((name) => ({ name, palette: 0 })),
  },
  'an empty name': { name: ' ' },
  'a colour that is none': { classes: NAMES.slice(0, 2).map((name) => ({ name, palette: 8 })) },
  'a temperature of 0': { temperature: 0 },
  'no variant': { askedVariants: [] },
  'an unknown variant': { askedVariants: ['plain', 'upside down'] },
  'a base whose id is not that of its features': {
    base: { id: 'x', name: 'X', inputSize: 224, featureSpaceId: 'openimages@224:0' },
  },
  'more right than tested': { test: { count: 3, correct: 4 } },
  'a prior for other classes': {
    prior: {
      strength: 1,
      anchors: 6,
      pooling: 'mean',
      classes: [{ id: 'cat', index: 0 }],
      sha256: '0'.repeat(64),
    },
  },
  'an earlier layer that older apps would not see': { further: FURTHER },
  'no earlier layer in the version that has one': { version: 2 },
  'an earlier layer of more numbers than the head reads': {
    version: 2,
    further: { ...FURTHER, length: 1280 },
  },
  'an earlier layer that counts nothing': { version: 2, further: { ...FURTHER, scale: 0 } },
  'a fact that is not known': { photosOfMine: 3 },
  'an object for a prototype': JSON.parse('{"__proto__": {"name": "Cat"}}'),
};

for (const [what, facts] of Object.entries(HOSTILE)) {
  test(`a header with ${what} is refused in words`, async () => {
    await expectRefused(await withHeader((header) => ({ ...header, ...(facts as object) })));
  });
}

test('a header that is not flat, or no JSON, is refused before it is parsed', async () => {
  await expectRefused(await withText('['.repeat(2000)));
  await expectRefused(await withText(`[${'0,'.repeat(4000)}0]`));
  await expectRefused(await withText('{"format"'));
  await expectRefused(await withText('null'));
  await expectRefused(await withText(`{"name": "${'x'.repeat(20_000)}"}`));
});

test('a head that reads an earlier layer says so, and older apps do not read it', async () => {
  const model = { ...ofTwo(), further: FURTHER };
  const bytes = await writePhoneModel(model, 'float32');
  expect(await readPhoneModel(bytes)).toEqual(model);
  expect(headerOf(bytes)).toMatchObject({ version: 2, featureLength: 1280, further: FURTHER });
  // The others are written as they always were.
  expect(headerOf(await writePhoneModel(ofTwo(), 'int8'))).toMatchObject({ version: 1 });
});

test('a model of a newer version asks to update the app', async () => {
  const newer = await withHeader((header) => ({ ...header, version: 3 }));
  await expect(readPhoneModel(newer)).rejects.toThrow(/newer version/);
});

test('a weight that is no number is refused, when it is written and when it is read', async () => {
  const model = ofTwo();
  model.head.kernel[7] = NaN;
  await expect(writePhoneModel(model, 'int8')).rejects.toThrow(RangeError);
  model.head.kernel[7] = 70_000;
  await expect(writePhoneModel(model, 'float16')).rejects.toThrow(RangeError);
  const bytes = headToBytes({ kernel: Float32Array.of(1), bias: Float32Array.of(1) }, 'float32');
  bytes.set([0, 0, 0xc0, 0x7f], 0);
  expect(() => headFromBytes(bytes, 'float32', 1, 1)).toThrow(RangeError);
});

async function expectRefused(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const thrown = await readPhoneModel(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(Problem);
  expect((thrown as Problem).kind).toBe('model-file');
}

/** A whole file, its hash right, whose header says something else. */
async function withHeader(change: (header: object) => object) {
  const bytes = await writePhoneModel(ofTwo(), 'int8');
  return withText(JSON.stringify(change(headerOf(bytes))));
}

function headerOf(bytes: Uint8Array<ArrayBuffer>): object {
  const length = new DataView(bytes.buffer).getUint32(8, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + length))) as object;
}

async function withText(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writePhoneModel(ofTwo(), 'int8');
  const length = new DataView(bytes.buffer).getUint32(8, true);
  const header = new TextEncoder().encode(text);
  const content = new Uint8Array([
    ...bytes.subarray(0, 8),
    ...new Uint8Array(Uint32Array.of(header.length).buffer),
    ...header,
    ...bytes.subarray(12 + length, -32),
  ]);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return new Uint8Array([...content, ...hash]);
}
