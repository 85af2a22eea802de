import type { ExportedFile } from '../exported-file.ts';
import type { TrainedNetwork } from '../trained-network.ts';
import { functionalModel, type FunctionalModel } from './functional-model.ts';

const MODEL = 'model.json';
const WEIGHTS = 'weights.bin';

/** Facts about the model that `model.json` carries. */
export interface ModelJsonFacts {
  readonly appVersion: string;
  readonly createdAt: string;
}

/**
 * A TensorFlow.js LayersModel: `model.json` and `weights.bin`. Its input is RGB from -1 to 1,
 * `[batch, size, size, 3]`; its output the probabilities, in the order of the labels.
 *
 * @throws UnsupportedLayerError
 */
export function layersModelFiles(network: TrainedNetwork, facts: ModelJsonFacts): ExportedFile[] {
  return modelFiles(functionalModel(network), {
    ...facts,
    metadata: { labels: network.labels, imageSize: network.base.size, inputRange: [-1, 1] },
  });
}

/**
 * Teachable Machine's image model: as `layersModelFiles`, and `metadata.json`. Its package maps the
 * pixels to `x / 127 - 1`, which the first layer takes back.
 *
 * @param name of the model
 * @throws UnsupportedLayerError
 */
export function teachableMachineFiles(
  network: TrainedNetwork,
  name: string,
  facts: ModelJsonFacts,
): ExportedFile[] {
  const { labels, base } = network;
  const metadata = {
    tfjsVersion: '4.22.0',
    tmVersion: '2.4.10',
    packageVersion: '0.8.5',
    packageName: '@teachablemachine/image',
    timeStamp: facts.createdAt,
    userMetadata: {},
    modelName: name,
    labels,
    imageSize: base.size,
  };
  return [
    ...modelFiles(functionalModel(network, { pixelOf: [127, 127] }), facts),
    { path: 'metadata.json', bytes: encode(metadata) },
  ];
}

function modelFiles(
  { config, layers }: FunctionalModel,
  { appVersion, metadata }: ModelJsonFacts & { readonly metadata?: object },
): ExportedFile[] {
  const weights = layers.flatMap((layer) =>
    layer.weights.map(({ name, shape, values }) => ({
      name: `${layer.name}/${name}`,
      shape,
      values,
    })),
  );
  const bytes = new Float32Array(weights.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of weights) {
    bytes.set(values, at);
    at += values.length;
  }
  const json = {
    modelTopology: {
      class_name: 'Model',
      config,
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    format: 'layers-model',
    generatedBy: `Purrceptron ${appVersion}`,
    convertedBy: null,
    weightsManifest: [
      {
        paths: [WEIGHTS],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    ...(metadata && { userDefinedMetadata: metadata }),
  };
  return [
    { path: MODEL, bytes: encode(json) },
    { path: WEIGHTS, bytes: new Uint8Array(bytes.buffer) },
  ];
}

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
