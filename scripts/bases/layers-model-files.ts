import type { MobileNetV2 } from '../../src/learning/model-files/keras/mobilenet-v2.ts';
import { weightsFile, type StoredWeight } from './weights-file.ts';

/** The two files of a TF.js LayersModel: `model.json` and `weights.bin`. */
export function layersModelFiles(
  network: MobileNetV2,
  weights: readonly StoredWeight[],
): Map<string, Uint8Array> {
  const { manifest, bytes } = weightsFile(weights);
  const model = {
    format: 'layers-model',
    generatedBy: 'Purrceptron, npm run bases',
    convertedBy: null,
    modelTopology: network.topology,
    weightsManifest: manifest,
  };
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(model))],
    ['weights.bin', bytes],
  ]);
}
