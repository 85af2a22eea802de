import { expect, test } from '@playwright/test';
import { Builder } from 'flatbuffers';
import { placeOf, readPackedFile } from '../../scripts/bases/openimages/packed-file.ts';
import { detectorScope, detectorWeights } from '../../scripts/bases/openimages/detector-weights.ts';
import { readFloat16Tensors, type Float16Tensor } from '../../scripts/bases/openimages/tflite.ts';
import { mobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';

const DETECTOR = 'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite';

/** A TFLite file with one float16 constant, written with Google's own library. */
function smallFile({ shape = [2, 3], bytes = 12, version = 3, identifier = 'TFL3' } = {}) {
  const builder = new Builder();
  const vectorOf = (offsets: number[]) => {
    builder.startVector(4, offsets.length, 4);
    for (const offset of offsets.reverse()) builder.addOffset(offset);
    return builder.endVector();
  };
  const table = (fields: number, add: () => void) => {
    builder.startObject(fields);
    add();
    return builder.endObject();
  };
  const data = builder.createByteVector(Uint8Array.from({ length: bytes }, (_, i) => i));
  const buffers = vectorOf([
    table(1, () => undefined),
    table(1, () => {
      builder.addFieldOffset(0, data, 0);
    }),
  ]);
  const name = builder.createString('kernel');
  builder.startVector(4, shape.length, 4);
  for (const side of shape.toReversed()) builder.addInt32(side);
  const sides = builder.endVector();
  const tensor = table(4, () => {
    builder.addFieldOffset(0, sides, 0);
    builder.addFieldInt8(1, 1, 0);
    builder.addFieldInt32(2, 1, 0);
    builder.addFieldOffset(3, name, 0);
  });
  const tensors = vectorOf([tensor]);
  const subgraph = table(1, () => {
    builder.addFieldOffset(0, tensors, 0);
  });
  const subgraphs = vectorOf([subgraph]);
  const model = table(5, () => {
    builder.addFieldInt32(0, version, 0);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.addFieldOffset(4, buffers, 0);
  });
  builder.finish(model, identifier);
  return new Uint8Array(builder.asUint8Array());
}

test('a float16 tensor comes out with its name, shape and bits', () => {
  expect(readFloat16Tensors(smallFile())).toEqual([
    {
      name: 'kernel',
      shape: [2, 3],
      data: Uint16Array.of(0x0100, 0x0302, 0x0504, 0x0706, 0x0908, 0x0b0a),
    },
  ]);
});

test('a file cut off anywhere is refused, never misread', () => {
  const file = smallFile();
  const whole = readFloat16Tensors(file);
  for (let length = 0; length < file.length; length++) {
    const cut = () => readFloat16Tensors(file.slice(0, length));
    // The last bytes are the vector's own padding: without them it is still whole.
    let read: Float16Tensor[] | undefined;
    try {
      read = cut();
    } catch {
      expect(cut).toThrow(/^The TFLite file is damaged or cut off: .+\.$/);
    }
    if (read) expect(read).toEqual(whole);
  }
});

test('a damaged byte is refused with a sentence or read, and never breaks the reader', () => {
  const file = smallFile();
  for (let at = 0; at < file.length; at++) {
    const damaged = file.slice();
    damaged[at]! ^= 0xff;
    try {
      readFloat16Tensors(damaged);
    } catch (thrown) {
      expect(thrown).toMatchObject({ name: 'Problem', kind: 'base' });
    }
  }
});

test('other files, other versions and wrong lengths are refused', () => {
  expect(() => readFloat16Tensors(new Uint8Array(0))).toThrow('does not begin as TFLite files do');
  expect(() => readFloat16Tensors(smallFile({ identifier: 'ABCD' }))).toThrow(
    'does not begin as TFLite files do',
  );
  expect(() => readFloat16Tensors(smallFile({ version: 4 }))).toThrow('this is version 4');
  expect(() => readFloat16Tensors(smallFile({ bytes: 10 }))).toThrow(
    '“kernel” of shape [2, 3] has 10 bytes, not 12',
  );
});

test('the loader script says where the detector stands', () => {
  const loader = (start: number, end: number) =>
    `loadPackage({"files": [{"filename": "/a/b.tflite", "start": ${start}, "end": ${end}}], "remote_package_size": 100});`;
  expect(placeOf('b.tflite', loader(10, 90))).toEqual({ start: 10, end: 90, size: 100 });
  expect(() => placeOf('c.tflite', loader(10, 90))).toThrow('states no c.tflite');
  expect(() => placeOf('b.tflite', loader(10, 101))).toThrow('places b.tflite at 10 to 101 of 100');
  expect(() => placeOf('b.tflite', 'something else')).toThrow('states no files');
});

test('the detector in the package cut short is refused', async () => {
  const { bytes, origin } = await readPackedFile(DETECTOR);
  expect(origin).toBe('@mediapipe/objectron 0.4.1675468480');
  expect(bytes).toHaveLength(9_987_912 - 184);
  expect(() => readFloat16Tensors(bytes.subarray(0, 5_000_000))).toThrow('damaged or cut off');
});

test('every tensor of the backbone is taken once, in its right shape', async () => {
  const network = mobileNetV2();
  const tensors = readFloat16Tensors((await readPackedFile(DETECTOR)).bytes);
  const weights = detectorWeights(network, tensors);
  expect(weights.map(({ name, shape }) => ({ name, shape }))).toEqual(network.weights);
  for (const { data, shape } of weights) {
    expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
  }
  const folded = weights
    .filter(({ name }) => /(kernel|beta)$/.test(name))
    .reduce((sum, { data }) => sum + data.length, 0);
  expect(folded).toBe(2_206_816);
});

test('a kernel [out, h, w, in] becomes [h, w, in, out]', async () => {
  const tensors = readFloat16Tensors((await readPackedFile(DETECTOR)).bytes);
  const source = tensors.find(({ name }) => name === 'FeatureExtractor/MobilenetV2/Conv/Conv2D')!;
  const kernel = detectorWeights(mobileNetV2(), tensors)[0]!;
  for (const [o, h, w, i] of [
    [0, 0, 0, 0],
    [31, 2, 1, 0],
    [5, 1, 2, 2],
  ] as const) {
    expect(kernel.data[((h * 3 + w) * 3 + i) * 32 + o]).toBe(
      source.data[((o * 3 + h) * 3 + w) * 3 + i],
    );
  }
});

test('a tensor that is missing, doubled or of another shape is named', async () => {
  const network = mobileNetV2();
  const tensors = readFloat16Tensors((await readPackedFile(DETECTOR)).bytes);
  const name = 'FeatureExtractor/MobilenetV2/Conv_1/Conv2D';
  const others = tensors.filter((tensor) => tensor.name !== name);
  const kernel = tensors.find((tensor) => tensor.name === name)!;
  expect(others).toHaveLength(tensors.length - 1);
  expect(() => detectorWeights(network, others)).toThrow(
    'The detector has 0 tensors for the kernel of Conv_1 (FeatureExtractor/MobilenetV2/Conv_1/Conv2D), not 1.',
  );
  expect(() => detectorWeights(network, [...tensors, kernel])).toThrow('has 2 tensors');
  expect(() =>
    detectorWeights(network, [...others, { ...kernel, shape: [320, 1, 1, 1280] }]),
  ).toThrow('has shape [320, 1, 1, 1280], not [1280, 1, 1, 320]');
});

test('Keras names have their scopes in the detector', () => {
  expect(
    ['Conv1', 'expanded_conv_depthwise', 'block_13_expand', 'Conv_1'].map(detectorScope),
  ).toEqual(
    ['Conv', 'expanded_conv/depthwise', 'expanded_conv_13/expand', 'Conv_1'].map(
      (scope) => `FeatureExtractor/MobilenetV2/${scope}`,
    ),
  );
});
