import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { plainPaths, shardPath } from '../../src/learning/model-files/model-json.ts';
import { readAnyModel } from '../../src/learning/model-files/read-any-model.ts';
import { namesInJson, namesInText } from '../../src/platform/listed-names.ts';
import { Problem } from '../../src/platform/problem.ts';
import { outputOf } from '../fixtures/base-features.ts';
import { classifier, keras2, modelFiles } from '../fixtures/keras-topology.ts';
import { zipBytes } from '../fixtures/zip-bytes.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

const SHARDS = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];

/** A model whose weights files are called so in model.json, and its files by what they are called. */
async function savedAs(json: string, inside: readonly string[], outside: readonly string[]) {
  const files = await modelFiles(keras2(classifier(16)), { shards: 2 });
  const text = new TextDecoder().decode(files.get('model.json'));
  const named = SHARDS.reduce((before, shard, i) => before.replace(shard, inside[i]!), text);
  return new Map([
    [json, new TextEncoder().encode(named)],
    ...SHARDS.map((shard, i): [string, Uint8Array] => [outside[i]!, files.get(shard)!]),
  ]);
}

const filesOf = (files: ReadonlyMap<string, Uint8Array>) =>
  Array.from(files, ([path, bytes]) => new File([new Uint8Array(bytes)], path));

const zipOf = (files: ReadonlyMap<string, Uint8Array>, name = 'my model.zip') => [
  new File(
    [new Uint8Array(zipBytes(Array.from(files, ([path, bytes]) => ({ name: path, bytes }))))],
    name,
  ),
];

const metadata = (labels: readonly unknown[]) =>
  new TextEncoder().encode(JSON.stringify({ packageName: '@teachablemachine/image', labels }));

const LABELS = ['Fox', 'Hare', 'Owl', 'Deer', 'Wolf'];

const SAVED: Readonly<Record<string, () => Promise<readonly File[]>>> = {
  'by a browser, under its own name': async () =>
    filesOf(
      await savedAs(
        'my cats (2).json',
        ['./my cats (2).weights1.bin', './my cats (2).weights2.bin'],
        ['my cats (2).weights1.bin', 'my cats (2).weights2.bin'],
      ),
    ),
  'by a browser that has added a number': async () =>
    filesOf(await savedAs('model (1).json', ['./a.bin', './b.bin'], ['a (1).bin', 'b (1).bin'])),
  'in a folder of a zip, beside samples and other JSON files': async () => {
    const files = await savedAs(
      'p/model.json',
      ['./weights 1.bin', './weights 2.bin'],
      ['p/weights 1.bin', 'p/weights 2.bin'],
    );
    files.set('p/metadata.json', metadata(LABELS));
    files.set('p/behaviours.json', new TextEncoder().encode('{"behaviours":[]}'));
    files.set('p/samples/0_0.png', new Uint8Array(4));
    return zipOf(files);
  },
};

for (const [what, make] of Object.entries(SAVED)) {
  test(`a TF.js model saved ${what} is read, under plain names`, async () => {
    const model = await readAnyModel({ files: await make() }, { asClassifier: true });
    expect(model.classifier).toMatchObject({ classes: 5 });
    const paths = [...model.files.keys()];
    expect(paths[0]).toBe('model.json');
    for (const path of paths) expect(path).toMatch(/^\w[\w.-]*$/);
    const expected = await outputOf(await modelFiles(keras2(classifier(16))), 16);
    expect(await outputOf(model.files, 16)).toEqual(expected);
  });
}

test('Teachable Machine’s zip names its classes', async () => {
  const files = await modelFiles(keras2(classifier(16)));
  const model = await readAnyModel(
    { files: zipOf(new Map([...files, ['metadata.json', metadata(LABELS)]]), 'tm.zip') },
    { asClassifier: true },
  );
  expect(model).toMatchObject({ name: 'tm', labels: LABELS, mode: 'tm' });
});

test('several models, or none, are refused by name', async () => {
  const files = await modelFiles(keras2(classifier(16)));
  const twice = new Map(
    [...files].flatMap(([path, bytes]) => [
      [`a/${path}`, bytes] as const,
      [`b/${path}`, bytes] as const,
    ]),
  );
  const read = (list: readonly File[]) => readAnyModel({ files: list }, { asClassifier: false });
  await expect(read(zipOf(twice))).rejects.toThrow('several models');
  await expect(read([new File(['{}'], 'metadata.json')])).rejects.toThrow('no model among');
});

test('what is no model says what it is', async () => {
  const files = await modelFiles(keras2(classifier(16)));
  const sentences: Readonly<Record<string, string>> = {
    'model.h5': 'model.h5 is damaged, or no file of Keras',
    'cats.keras': 'cats.keras is damaged',
    'cats.tflite': 'cats.tflite is a model for TensorFlow Lite, which the app does not read',
    'cats.onnx': 'a model for ONNX',
    'cats.pt': 'a model for PyTorch',
    'saved_model.pb': 'a model for TensorFlow SavedModel',
    'model.weights.bin': 'weights without their network',
    'labels.txt': 'no model among',
  };
  for (const [name, sentence] of Object.entries(sentences)) {
    const source = { files: [new File(['something'], name)] };
    await expect(readAnyModel(source, { asClassifier: true }), name).rejects.toThrow(sentence);
  }
  const [json] = filesOf(new Map([['my cats.json', files.get('model.json')!]]));
  await expect(readAnyModel({ files: [json!] }, { asClassifier: true })).rejects.toThrow(
    'choose it together with my cats.json',
  );
});

test('of the lists beside a model, the one with a name for each class names them', async () => {
  const files = [...(await modelFiles(keras2(classifier(16))))];
  const text = (lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'));
  const read = (...lists: [string, Uint8Array][]) =>
    readAnyModel({ files: filesOf(new Map([...files, ...lists])) }, { asClassifier: true });
  const others = text(['a', 'b', 'c']);
  for (const name of [
    'labels.txt',
    'Labels (1).txt',
    'class_names.txt',
    'names.txt',
    'classes.txt',
  ]) {
    expect(
      (await read(['metadata.json', metadata(['a'])], [name, text(LABELS)])).labels,
      name,
    ).toEqual(LABELS);
  }
  expect((await read(['labels.txt', others])).labels).toHaveLength(3);
  expect((await read(['readme.txt', text(LABELS)])).labels).toBeUndefined();
});

test('a path of weights stays in the model’s folder, whatever it is', () => {
  expect(shardPath('./a (1).bin')).toBe('a (1).bin');
  for (const path of [
    '../a.bin',
    '/a.bin',
    'a//b',
    'a/../b',
    'a\\b',
    '',
    './',
    'a\u0000',
    'a\u202e',
    7,
  ]) {
    expect(shardPath(path)).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 6 }), (texts) => {
      const paths = [...new Set(texts.filter((text) => shardPath(text) !== undefined))];
      const unique = new Set(paths.map(shardPath)).size === paths.length;
      if (!unique) return;
      const plain = plainPaths({
        format: 'layers-model',
        topology: {},
        groups: [{ paths, weights: [] }],
      });
      expect(new Set(plain.values()).size).toBe(paths.length);
      const odd = [...plain.values()].filter((name) => !/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(name));
      expect(odd).toEqual([]);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('labels in all the forms that people have; others are none', () => {
  expect(namesInText('0 Cat\n1 Big dog\n')).toEqual(['Cat', 'Big dog']);
  expect(namesInText('Cat\r\nDog\r\n')).toEqual(['Cat', 'Dog']);
  expect(namesInText('1 Cat\n2 Dog')).toEqual(['1 Cat', '2 Dog']);
  expect(namesInText('\n')).toBeUndefined();
  expect(namesInJson('{"Dog": 1, "Cat": 0}')).toEqual(['Cat', 'Dog']);
  expect(namesInJson('{"0": "Cat", "1": "Dog"}')).toEqual(['Cat', 'Dog']);
  expect(namesInJson('{"labels": ["Cat", "Dog"]}')).toEqual(['Cat', 'Dog']);
  for (const text of [
    '{"keras_version": "3"}',
    '[1, 2]',
    '{"Cat": 0, "Dog": 2}',
    '{',
    '[]',
    '{}',
    'null',
  ]) {
    expect(namesInJson(text)).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.json(), (text) => {
      const labels = namesInJson(text);
      if (labels) expect(labels.every((label) => typeof label === 'string')).toBe(true);
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('any archive gives a model, or a problem in words', async () => {
  const whole = zipBytes(
    Array.from(await modelFiles(keras2(classifier(16))), ([name, bytes]) => ({ name, bytes })),
  );
  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(edits, async (changes) => {
      const bytes = new Uint8Array(whole);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const source = { files: [new File([bytes], 'model.zip')] };
      const read = await readAnyModel(source, { asClassifier: true }).catch(
        (error: unknown) => error,
      );
      if (read instanceof Error) expect(read).toBeInstanceOf(Problem);
    }),
    { numRuns: 100, seed: 4 },
  );
});
