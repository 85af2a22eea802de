import { mobileNetV2 } from '../../../src/learning/model-files/keras/mobilenet-v2.ts';
import { layersModelFiles } from '../layers-model-files.ts';
import type { MadeBase } from '../made-base.ts';
import { detectorWeights } from './detector-weights.ts';
import { OPENIMAGES_GOLDEN } from './golden.ts';
import { OPENIMAGES_FURTHER } from './further.ts';
import { readPackedFile } from './packed-file.ts';
import { detectorKnownClasses } from './known-classes.ts';
import { readFloat16Tensors } from './tflite.ts';

const LABELS = 'object_detection_oidv4_labelmap.txt';
const DETECTOR = 'object_detection_ssd_mobilenetv2_oidv4_fp16.tflite';

/**
 * Makes the default base: the MobileNetV2 of an Open Images detector in an npm package.
 *
 * @throws Problem `base` if the package does not contain the expected file
 */
export async function makeOpenImages(): Promise<MadeBase> {
  const network = mobileNetV2();
  const detector = await readPackedFile(DETECTOR);
  const labels = new TextDecoder().decode((await readPackedFile(LABELS)).bytes);
  const tensors = readFloat16Tensors(detector.bytes);
  const weights = detectorWeights(network, tensors);
  return {
    spec: {
      id: 'openimages',
      name: 'MobileNetV2, Open Images',
      architecture: 'MobileNetV2 1.00',
      format: 'layers-model',
      // The size with the best accuracy comes first, then that of the tutorial; see
      // docs/learning.md.
      inputSizes: [224, 160],
      inputRange: [-1, 1],
      featureLength: network.featureLength,
      layers: network.layers.length,
      parameters: network.parameters,
      fineTuneFrom: network.fineTuneFrom,
      provenance: {
        source:
          `The MobileNetV2 backbone of the SSD detector ${DETECTOR} in ${detector.origin} (npm), ` +
          'its float16 weights bit for bit, batch normalisation folded.',
        trainedOn: 'Open Images V4',
      },
      licence: { name: 'Apache-2.0', holder: 'Google' },
    },
    files: layersModelFiles(network, weights),
    golden: OPENIMAGES_GOLDEN,
    further: OPENIMAGES_FURTHER,
    knows: await detectorKnownClasses(tensors, labels, network.featureLength),
  };
}
