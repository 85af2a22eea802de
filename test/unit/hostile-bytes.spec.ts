import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { normalizeTopology } from '../../src/learning/model-files/keras/normalize-topology.ts';
import { TopologyError } from '../../src/learning/model-files/keras/keras-json.ts';
import { LIMITS } from '../../src/learning/model-files/limits.ts';
import { parametersIn, parseModelJson } from '../../src/learning/model-files/model-json.ts';
import { parseClassName } from '../../src/photos/class-name.ts';
import { imageFormat, readImageHeader } from '../../src/photos/import/image-header.ts';
import { Problem } from '../../src/platform/problem.ts';
import { classifier, keras2, keras3, sequential } from '../fixtures/keras-topology.ts';
import { spoiltJson } from '../fixtures/spoilt-json.ts';
import { isSameName, MAX_NAME_LENGTH } from '../../src/platform/name.ts';

/** Each parser meets bytes that anyone may have made: it gives a sound value or its own refusal. */

const RUNS = { numRuns: 1_500, seed: 1 };

const MAGIC = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  [...Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
  [...Buffer.from('RIFF\0\0\0\0WEBPVP8L')],
  [...Buffer.from('RIFF\0\0\0\0WEBPVP8X')],
  [...Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
  [...Buffer.from('\0\0\0\x18ftypavif\0\0\0\0mif1avif')],
] as const;

/** Random bytes behind the first bytes of a real format, so that its reader is reached. */
const pictureLike = fc
  .tuple(fc.constantFrom(...MAGIC), fc.uint8Array({ maxLength: 400 }))
  .map(([magic, rest]) => Uint8Array.of(...magic, ...rest));

/** What a box of HEIF or a chunk of PNG is made of, in any order. */
const boxLike = fc
  .tuple(
    fc.constantFrom(MAGIC[5], MAGIC[6], MAGIC[1]),
    fc.array(
      fc.oneof(
        fc
          .constantFrom('meta', 'iprp', 'ipco', 'ispe', 'IHDR', 'free')
          .map((name) => Buffer.from(name)),
        fc.uint8Array({ minLength: 4, maxLength: 4 }),
        fc.constantFrom(0, 1, 8, 16, 24, 2 ** 31).map((size) => {
          const bytes = Buffer.alloc(4);
          bytes.writeUInt32BE(size);
          return bytes;
        }),
      ),
      { maxLength: 60 },
    ),
  )
  .map(([magic, parts]) => Uint8Array.of(...magic, ...parts.flatMap((part) => [...part])));

test('image headers: any bytes give a size that can be, or none', () => {
  const isSound = (bytes: Uint8Array) => {
    const header = readImageHeader(bytes);
    if (!header) return;
    expect(header.format).toBe(imageFormat(bytes));
    for (const side of [header.width, header.height]) {
      expect(Number.isSafeInteger(side) && side > 0 && side < 2 ** 32).toBe(true);
    }
  };
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), pictureLike, boxLike), isSound),
    RUNS,
  );
});

test('image headers: nothing outside the bytes that were given is read', () => {
  fc.assert(
    fc.property(
      fc.oneof(pictureLike, boxLike),
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      (bytes, around) => {
        const within = Uint8Array.of(...around, ...bytes, ...around).subarray(
          around.length,
          around.length + bytes.length,
        );
        expect(readImageHeader(within)).toEqual(readImageHeader(bytes));
      },
    ),
    RUNS,
  );
});

test('names of classes: what is taken is short, composed, and itself when typed again', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  );
  fc.assert(
    fc.property(typed, (text) => {
      let name: string;
      try {
        name = parseClassName(text);
      } catch (thrown) {
        expect((thrown as Problem).kind).toMatch(/^name-(missing|long|characters)$/);
        return;
      }
      expect(parseClassName(name)).toBe(name);
      expect(isSameName(name, name)).toBe(true);
      expect(Array.from(name).length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
      expect(name).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]|^\s|\s$/u);
    }),
    // Comparing names as readers do is slow.
    { ...RUNS, numRuns: 300 },
  );
});

/** Runs a parser: what it gives, or undefined for a refusal of its own. Anything else fails. */
function givenOrRefused<Value>(parse: () => Value, refusal: typeof Problem | typeof TopologyError) {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof refusal) return undefined;
    throw thrown;
  }
}

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const weight = fc.record(
  {
    name: fc.oneof(fc.string(), fc.constant('__proto__'), fc.integer()),
    shape: fc.oneof(fc.array(fc.oneof(fc.nat(), fc.double(), fc.constant(-1))), fc.string()),
    dtype: fc.oneof(fc.constantFrom('float32', 'int32', 'string', 'bool'), fc.integer()),
    quantization: fc.oneof(
      fc.record({
        dtype: fc.constantFrom('uint8', 'float16'),
        min: fc.double(),
        scale: fc.double(),
      }),
      fc.anything(),
    ),
  },
  { requiredKeys: [] },
);

const modelJson = fc.record(
  {
    format: fc.oneof(fc.constantFrom('layers-model', 'graph-model'), fc.anything()),
    modelTopology: fc.oneof(fc.object(), fc.constant({ node: [] }), fc.string(), fc.constant(null)),
    weightsManifest: fc.oneof(
      fc.array(
        fc.oneof(
          fc.record({
            paths: fc.array(
              fc.oneof(fc.constantFrom('a.bin', '../a', 'C:\\a', '/etc/a', 'b/c.bin'), fc.string()),
            ),
            weights: fc.array(fc.oneof(weight, fc.constant(null))),
          }),
          fc.constant(null),
        ),
        { maxLength: 4 },
      ),
      fc.anything(),
    ),
  },
  { requiredKeys: [] },
);

test('model.json: any JSON and any bytes give a model within the limits, or a refusal in words', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        modelJson.map(bytesOf),
        fc.json().map((text) => new TextEncoder().encode(text)),
        fc.uint8Array(),
      ),
      (bytes) => {
        const json = givenOrRefused(() => parseModelJson(bytes, 'a model'), Problem);
        if (!json) return;
        for (const path of json.groups.flatMap(({ paths }) => paths)) {
          expect(path).not.toMatch(/\.\.\/|^\/|\\|:/);
        }
        expect(parametersIn(json)).toBeLessThanOrEqual(LIMITS.parameters);
      },
    ),
    RUNS,
  );
});

/** A model as Keras writes it, in which one place holds something else, or nothing. */
const spoiltTopology = spoiltJson(
  [keras2(classifier()), keras3(classifier()), sequential(classifier())],
  ['Lambda'],
);

/** Keras has written the model as text within the JSON. */
const wrappedTopology = fc.record({ model_config: fc.oneof(fc.json(), fc.string()) });

test('Keras topologies: spoilt in one place or wholly made up, they are normalised or refused', () => {
  fc.assert(
    fc.property(fc.oneof(spoiltTopology, fc.jsonValue(), wrappedTopology), (topology) => {
      const model = givenOrRefused(() => normalizeTopology(topology), TopologyError);
      if (!model) return;
      const names = model.config.layers.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }),
    { ...RUNS, numRuns: 600 },
  );
});
