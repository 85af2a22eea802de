import { chain, conv, keras2, modelFiles } from '../../fixtures/keras-topology.ts';
import { expect, test } from '../harness-test.ts';
import { addBase, choose, storedBases, smallModel, writeModel } from '../own-base.ts';

const topology = (...layers: Parameters<typeof chain>[1][]) => keras2(chain(32, ...layers));

const REFUSED: Readonly<
  Record<string, { model: () => Promise<Map<string, Uint8Array>>; says: string }>
> = {
  'weights that are no numbers': {
    model: () =>
      smallModel({
        edit: (name, values) => {
          if (name === 'conv1/kernel') values[3] = NaN;
        },
      }),
    says: 'conv1/kernel of “Mine” holds numbers that are not finite',
  },
  'weights that are cut off': {
    model: async () => changed(await smallModel(), (bytes) => bytes.subarray(4)),
    says: 'bytes of weights, model.json states',
  },
  'bytes behind the weights': {
    model: async () =>
      changed(await smallModel(), (bytes) => Buffer.concat([bytes, Buffer.alloc(4)])),
    says: 'bytes of weights, model.json states',
  },
  'a weight that is missing': {
    model: async () => {
      const files = await smallModel();
      const json = new TextDecoder().decode(files.get('model.json'));
      return files.set(
        'model.json',
        new TextEncoder().encode(json.replace('conv1/kernel', 'other')),
      );
    },
    says: 'cannot be built',
  },
  'a picture of one channel': {
    model: () => {
      const layers = [
        { name: 'input', kind: 'InputLayer', config: { batch_input_shape: [null, 32, 32, 1] } },
        conv('conv', 4),
      ];
      return modelFiles(keras2(layers));
    },
    says: 'takes [any, 32, 32, 1], not [batch, size, size, 3]',
  },
  'a layer that nobody knows': {
    model: async () => {
      const files = await modelFiles(topology(conv('conv', 4)));
      const json = new TextDecoder().decode(files.get('model.json'));
      return files.set(
        'model.json',
        new TextEncoder().encode(json.replace('"Conv2D"', '"Mystery"')),
      );
    },
    says: 'cannot be built',
  },
  'more features than there can be': {
    model: () => modelFiles(topology(conv('conv', 5000, { kernel_size: [1, 1] }))),
    says: 'gives 5000 features; the app takes up to 4096',
  },
  'no model.json': {
    model: async () => {
      const files = await smallModel();
      files.delete('model.json');
      return files;
    },
    says: 'These are weights without their network',
  },
  'a file that is missing': {
    model: async () => {
      const files = await smallModel({ shards: 2 });
      files.delete('group1-shard2of2.bin');
      return files;
    },
    says: 'group1-shard2of2.bin is missing',
  },
  'JSON that is nested without end': {
    model: () => Promise.resolve(new Map([['model.json', Buffer.from('['.repeat(100_000))]])),
    says: 'nested deeper',
  },
  'a prototype': {
    model: () => Promise.resolve(new Map([['model.json', Buffer.from('{"__proto__": {}}')]])),
    says: 'a name that no model has',
  },
  'too many parameters': {
    model: () => {
      const weights = [{ name: 'w', shape: [1000, 40_000], dtype: 'float32' }];
      const json = { modelTopology: {}, weightsManifest: [{ paths: ['w.bin'], weights }] };
      return Promise.resolve(new Map([['model.json', Buffer.from(JSON.stringify(json))]]));
    },
    says: 'has 40 million parameters; the app takes up to 30',
  },
};

function changed(files: Map<string, Uint8Array>, edit: (bytes: Uint8Array) => Uint8Array) {
  for (const [path, bytes] of files) if (path.endsWith('.bin')) files.set(path, edit(bytes));
  return files;
}

test('what cannot be a base is refused, and what is kept stays as it was', async ({
  page,
}, testInfo) => {
  await choose(page, await writeModel(testInfo.outputPath('good'), await smallModel()));
  await addBase(page);
  const before = await storedBases(page);
  expect(before).toMatchObject({ files: 2, specs: [expect.any(String)] });
  for (const [what, { model, says }] of Object.entries(REFUSED)) {
    await test.step(what, async () => {
      const folder = testInfo.outputPath(what.replaceAll(' ', '-'));
      await choose(page, await writeModel(folder, await model()));
      await expect(addBase(page)).rejects.toThrow(says);
      expect(await storedBases(page)).toEqual(before);
    });
  }
});
