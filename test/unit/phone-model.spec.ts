import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { compareHeads } from '../../src/learning/export/compare-heads.ts';
import { knownWeights } from '../../src/learning/features/known-weights.ts';
import { headFromBytes, headToBytes } from '../../src/models/formats/phone/head-bytes.ts';
import {
  outputsOf,
  PRECISIONS,
  type PhoneHead,
  type PhoneModel,
} from '../../src/models/formats/phone/phone-model.ts';
import { readPhoneModel } from '../../src/models/formats/phone/read-phone-model.ts';
import { writePhoneModel } from '../../src/models/formats/phone/write-phone-model.ts';
import { toFloat16 } from '../../src/platform/float16.ts';
import { Problem } from '../../src/platform/problem.ts';

/** Float32 numbers of a size that weights have. */
const weight = fc.float({ min: -1000, max: 1000, noNaN: true });
const floats = (length: number) =>
  fc
    .array(weight, { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));

const NAMES = ['Cat', 'Dog', 'قطة', 'Perro pequeño', 'Fox', 'Hen', 'Owl', 'Bee'];

const models: fc.Arbitrary<PhoneModel> = fc
  .record({ classes: fc.integer({ min: 2, max: 8 }), features: fc.integer({ min: 1, max: 40 }) })
  .chain(({ classes, features }) => {
    const names = NAMES.slice(0, classes);
    const outputs = outputsOf(names);
    return fc.record({
      head: fc.record({ kernel: floats(features * outputs), bias: floats(outputs) }),
      temperature: fc.double({ min: 0.01, max: 100, noNaN: true }),
      hasPrior: fc.boolean(),
      isMirrored: fc.boolean(),
      correct: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
      names: fc.constant(names),
    });
  })
  .map(({ head, temperature, hasPrior, isMirrored, correct, names }): PhoneModel => ({
    name: 'Model 3',
    createdAt: 1_700_000_000_000,
    base: {
      id: 'openimages',
      name: 'MobileNetV2, Open Images',
      inputSize: 224,
      featureSpaceId: 'openimages@224:01234567-89abcdef',
      bytes: 4_610_000,
    },
    classes: names.map((name, palette) => ({ name, palette })),
    temperature,
    askedVariants: isMirrored ? ['plain', 'flip'] : ['plain'],
    ...(correct !== undefined && { test: { count: 30, correct } }),
    ...(hasPrior && {
      prior: {
        strength: 1.5,
        anchors: 6,
        pooling: 'log-sum-exp',
        classes: names.map((name, i) => (i === 2 ? null : { id: name.toLowerCase(), index: i })),
        sha256: '0'.repeat(64),
      },
    }),
    head,
  }));

function withoutPrior({ prior: _prior, ...model }: PhoneModel): PhoneModel {
  return model;
}

/** One model of two classes with the default base's 1,280 features. */
function ofTwo(): PhoneModel {
  const kernel = Float32Array.from({ length: 1280 }, (_, i) => Math.sin(i * i) / 4);
  const [model] = fc.sample(models, { numRuns: 1, seed: 1 });
  const classes = NAMES.slice(0, 2).map((name, palette) => ({ name, palette }));
  return { ...withoutPrior(model!), classes, head: { kernel, bias: Float32Array.of(0.25) } };
}

test('a model is read as it was written, exactly at float32', async () => {
  await fc.assert(
    fc.asyncProperty(models, async (model) => {
      expect(await readPhoneModel(await writePhoneModel(model, 'float32'))).toEqual(model);
    }),
    { numRuns: 50 },
  );
});

test('rounding moves a weight by at most half a step', async () => {
  await fc.assert(
    fc.asyncProperty(models, async (model) => {
      const { kernel, bias } = model.head;
      const largest = Array.from(bias, (_, column) =>
        Math.max(...kernel.filter((_, at) => at % bias.length === column).map(Math.abs)),
      );
      const half = {
        int8: (i: number) => largest[i % bias.length]! / 253.9 + 2 ** -120,
        float16: (i: number) => Math.abs(kernel[i]!) * 2 ** -11 + 2 ** -25,
      };
      for (const precision of ['int8', 'float16'] as const) {
        const { head } = await readPhoneModel(await writePhoneModel(model, precision));
        expect(head.bias).toEqual(bias);
        const far = [...kernel.keys()].filter(
          (i) => !(Math.abs(head.kernel[i]! - kernel[i]!) <= half[precision](i)),
        );
        expect(far).toEqual([]);
      }
    }),
    { numRuns: 50 },
  );
});

test('a model of two classes on the default base is small', async () => {
  const sizes = await Promise.all(
    PRECISIONS.map(async (precision) => (await writePhoneModel(ofTwo(), precision)).length),
  );
  expect(sizes[0]).toBeLessThan(1_900);
  expect(sizes[1]).toBeLessThan(3_200);
  expect(sizes[2]).toBeLessThan(5_800);
});

test('at 8 bits the answers of a head like a trained one hardly change', () => {
  const { head } = ofTwo();
  const rounded = headFromBytes(headToBytes(head, 'int8'), 'int8', 1280, 1);
  // Features as after a ReLU: many zeros.
  const features = Float32Array.from({ length: 200 * 1280 }, (_, i) =>
    Math.max(0, Math.sin(i * 1.7) + Math.cos(i * 0.31)),
  );
  const { count, same, difference } = compareHeads(head, rounded, { features, temperature: 1 });
  expect(count).toBe(200);
  expect(same).toBeGreaterThanOrEqual(198);
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(0.05);
});

test('two heads are compared with the prior and the temperature', () => {
  const head: PhoneHead = { kernel: Float32Array.of(1, -1), bias: Float32Array.of(0) };
  const other: PhoneHead = { kernel: Float32Array.of(1, -1), bias: Float32Array.of(2) };
  const features = Float32Array.of(1, 2, 2, 1);
  const result = compareHeads(head, other, {
    features,
    prior: Float32Array.of(0, 5),
    temperature: 2,
  });
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  expect(result).toMatchObject({ count: 2, same: 1 });
  expect(result.difference).toBeCloseTo(sigmoid(0.5) - sigmoid(-0.5), 6);
});

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

test('the weights of known classes are picked from the file of the base', () => {
  const known = {
    anchors: 2,
    classes: ['person', 'cat', 'dog'].map((id) => ({ id, names: { en: [], es: [], ar: [] } })),
  };
  // Kernel [classes, anchors, features] of 3 features, then the bias [classes, anchors].
  const file = toFloat16(Float32Array.from({ length: 6 * 4 }, (_, i) => i)).buffer as ArrayBuffer;
  const matched = [
    { id: 'dog', index: 2 },
    { id: 'cat', index: 1 },
  ];
  const { kernel, bias } = knownWeights(known, 3, file, matched);
  expect([...kernel]).toEqual([12, 15, 6, 9, 13, 16, 7, 10, 14, 17, 8, 11]);
  expect([...bias]).toEqual([22, 23, 20, 21]);
  expect(() => knownWeights(known, 3, file, [{ id: 'cat', index: 2 }])).toThrow(RangeError);
  expect(() => knownWeights(known, 4, file, matched)).toThrow(RangeError);
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
