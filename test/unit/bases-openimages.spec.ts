import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fromFloat16 } from '../../src/platform/float16.ts';
import { goldenOf } from '../../scripts/bases/golden.ts';
import { OPENIMAGES_GOLDEN } from '../../scripts/bases/openimages/golden.ts';
import { readPackedFile } from '../../scripts/bases/openimages/packed-file.ts';
import { readFloat16Tensors } from '../../scripts/bases/openimages/tflite.ts';
import { makeOpenImages } from '../../scripts/bases/openimages/openimages.ts';
import { goldenDifference } from '../../src/learning/network/golden-check.ts';
import type { MadeBase } from '../../scripts/bases/made-base.ts';
import { referenceNetwork } from '../../scripts/bases/reference-network.ts';
import type { GoldenFeatures } from '../../src/records/base-spec.ts';
import { hasSharedModels, SHARED_MODELS } from '../fixtures/shared-material.ts';

/** Made once for all tests of a worker; none changes it. */
let made: Promise<MadeBase> | undefined;
const openImages = () => (made ??= makeOpenImages());

test('the spec says what the base is and where it comes from', async () => {
  const { spec, files } = await openImages();
  expect(spec).toMatchObject({
    id: 'openimages',
    format: 'layers-model',
    inputSizes: [224, 160],
    inputRange: [-1, 1],
    featureLength: 1280,
    layers: 154,
    parameters: 2_257_984,
    licence: { name: 'Apache-2.0', holder: 'Google' },
  });
  expect(spec.provenance.source).toContain('@mediapipe/objectron 0.4.1675468480');
  expect([...files.keys()]).toEqual(['model.json', 'weights.bin']);
  // 2 bytes for each number of the detector, gamma and moving mean; 4 for the moving variance.
  expect(files.get('weights.bin')).toHaveLength(2 * (2_206_816 + 2 * 17_056) + 4 * 17_056);
});

test('it knows the 23 classes of the detector, of which plain loops give the golden logits', async () => {
  const base = await openImages();
  const { spec: knows, bytes } = base.knows!;
  expect(knows.classes).toHaveLength(23);
  expect(knows.classes[7]!.id).toBe('cat');
  expect(knows.classes[19]!.id).toBe('dog');
  expect(knows).toMatchObject({ anchors: 6, pooling: 'log-sum-exp' });
  expect(bytes).toHaveLength(2 * 23 * 6 * 1281);
  // The tensors in the detector's own layout: 24 classes for each anchor, the first none.
  const { bytes: file } = await readPackedFile(
    'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite',
  );
  const valuesOf = (name: RegExp) =>
    fromFloat16(readFloat16Tensors(file).find((tensor) => name.test(tensor.name))!.data);
  const kernel = valuesOf(/^BoxPredictor_1\/ClassPredictor\/Conv2D$/);
  const bias = valuesOf(/;BoxPredictor_1\/ClassPredictor\/biases$/);
  const network = await referenceNetwork(base.spec, base.files);
  const [golden] = knows.golden;
  const map = await network.output(golden!.size, (last) => last.clone());
  golden!.logits.forEach((logit, index) => {
    let sum = 0;
    for (let place = 0; place < map.length; place += 1280) {
      for (let anchor = 0; anchor < 6; anchor++) {
        const output = anchor * 24 + index + 1;
        let value = bias[output]!;
        for (let i = 0; i < 1280; i++) value += map[place + i]! * kernel[output * 1280 + i]!;
        sum += Math.exp(value);
      }
    }
    expect(Math.log(sum)).toBeCloseTo(logit, 5);
  });
});

test('it knows where they are, by boxes of which plain loops give the golden encodings', async () => {
  const base = await openImages();
  const { spec: knows, boxBytes } = base.knows!;
  const boxes = knows.boxes!;
  expect(boxBytes).toHaveLength(2 * 24 * 1281);
  expect(boxes.scales).toEqual({ centre: 10, size: 5 });
  // Scale 0.35 of 300 pixels in five ratios, and the geometric mean with the next scale, 0.5.
  expect(boxes.anchors).toHaveLength(knows.anchors);
  expect(boxes.anchors[0]).toEqual({ width: 105, height: 105 });
  expect(boxes.anchors[5]!.width).toBeCloseTo(300 * Math.sqrt(0.35 * 0.5), 2);
  for (const [index, ratio] of [1, 2, 1 / 2, 3, 1 / 3, 1].entries()) {
    const { width, height } = boxes.anchors[index]!;
    expect(width / height).toBeCloseTo(ratio, 4);
  }
  const { bytes: file } = await readPackedFile(
    'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite',
  );
  const valuesOf = (name: RegExp) =>
    fromFloat16(readFloat16Tensors(file).find((tensor) => name.test(tensor.name))!.data);
  const kernel = valuesOf(/^BoxPredictor_1\/BoxEncodingPredictor\/Conv2D$/);
  const bias = valuesOf(/;BoxPredictor_1\/BoxEncodingPredictor\/biases$/);
  const network = await referenceNetwork(base.spec, base.files);
  const [golden] = boxes.golden;
  const map = await network.output(golden!.size, (last) => last.clone());
  golden!.encodings.forEach((encoding, output) => {
    let value = bias[output]!;
    for (let i = 0; i < 1280; i++) {
      value += map[golden!.place * 1280 + i]! * kernel[output * 1280 + i]!;
    }
    expect(value).toBeCloseTo(encoding, 4);
  });
});

test('one wrong weight of the boxes is found when the base is made', async () => {
  const base = await openImages();
  const boxBytes = new Uint8Array(base.knows!.boxBytes!);
  boxBytes[1]! ^= 0x40; // an exponent in the first row
  await expect(
    goldenOf({ ...base, knows: { ...base.knows!, boxBytes } }, () => undefined),
  ).rejects.toThrow(/does not give its golden boxes/);
});

test('one wrong weight of what it knows is found when the base is made', async () => {
  const base = await openImages();
  const bytes = new Uint8Array(base.knows!.bytes);
  bytes[2 * 7 * 6 * 1280 + 1]! ^= 0x40; // an exponent in the first row of Cat
  await expect(
    goldenOf({ ...base, knows: { ...base.knows!, bytes } }, () => undefined),
  ).rejects.toThrow(/does not name its golden classes/);
});

for (const golden of OPENIMAGES_GOLDEN) {
  test(`it gives its golden features at ${golden.size} pixels`, async () => {
    const base = await openImages();
    const network = await referenceNetwork(base.spec, base.files);
    const features = await network.features(golden.size);
    expect(features).toHaveLength(1280);
    // Float32 against float64 leaves far less than the tolerance for GPUs.
    expect(goldenDifference(features, golden)).toBeLessThan(1e-5);
  });

  test(`the golden features at ${golden.size} pixels are those beside the repository`, async () => {
    test.skip(!hasSharedModels, 'the shared models are not here');
    const path = join(SHARED_MODELS, 'openimages', `golden_${golden.size}.json`);
    const shared = JSON.parse(await readFile(path, 'utf8')) as Omit<GoldenFeatures, 'size'>;
    expect({ ...shared, size: golden.size }).toMatchObject({ ...golden });
  });
}

test('one wrong weight is found when the base is made', async () => {
  const base = await openImages();
  const weights = new Uint8Array(base.files.get('weights.bin')!);
  weights[1]! ^= 0x80; // the sign of the first kernel's first number
  const files = new Map(base.files).set('weights.bin', weights);
  await expect(goldenOf({ ...base, files }, () => undefined)).rejects.toThrow(
    /does not give its golden features/,
  );
});
