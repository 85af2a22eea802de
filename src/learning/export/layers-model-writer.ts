import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { ExportedFile } from '../../models/formats/exported-file.ts';
import { functionalModel } from '../../models/formats/layers-model/functional-model.ts';
import {
  layersModelFiles,
  teachableMachineFiles,
} from '../../models/formats/layers-model/layers-model.ts';
import type { FormatWriter, ReadModel } from './format-writers.ts';

/** TensorFlow.js's own format. */
export const layersModel: FormatWriter = {
  omits: ['mirror', 'not-sure'],
  tolerance: 1e-4,
  usage: `\`\`\`js
const model = await tf.loadLayersModel('model.json');
const pixels = tf.image.resizeBilinear(tf.browser.fromPixels(image), model.inputs[0].shape.slice(1, 3));
const probabilities = model.predict(pixels.div(127.5).sub(1).expandDims());
\`\`\``,
  expectSupported: (network) => void functionalModel(network),
  write: (network, facts) => Promise.resolve(layersModelFiles(network, facts)),
  read: async (files) => {
    const json = jsonOf(files, 'model.json') as ModelJson;
    const { labels } = json.userDefinedMetadata!;
    return loaded(json, files, labels, (pixel) => pixel / 127.5 - 1);
  },
};

/** The format of Teachable Machine's image models. */
export const teachableMachine: FormatWriter = {
  omits: ['mirror', 'not-sure'],
  tolerance: 1e-4,
  usage: `Teachable Machine's package, and all that reads its models (ml5, p5.js, MakeCode and others):

\`\`\`js
const model = await tmImage.load('model.json', 'metadata.json');
const predictions = await model.predict(image);
console.log(predictions[0].className, predictions[0].probability);
\`\`\``,
  expectSupported: (network) => void functionalModel(network),
  write: (network, facts) => Promise.resolve(teachableMachineFiles(network, facts.name, facts)),
  read: async (files) => {
    const { labels } = jsonOf(files, 'metadata.json') as { labels: string[] };
    // As the package does.
    return loaded(
      jsonOf(files, 'model.json') as ModelJson,
      files,
      labels,
      (pixel) => pixel / 127 - 1,
    );
  },
};

interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: tf.io.WeightsManifestEntry[];
  }[];
  readonly userDefinedMetadata?: { readonly labels: readonly string[] };
}

/** Loads a model with tfjs-layers alone, without what the app adds to it. */
async function loaded(
  { modelTopology, weightsManifest }: ModelJson,
  files: readonly ExportedFile[],
  labels: readonly string[],
  scale: (pixel: number) => number,
): Promise<ReadModel> {
  const [group] = weightsManifest;
  const weights = files.find(({ path }) => path === group?.paths[0]);
  if (!group || !weights) throw new Error('The weights are missing');
  const model = await loadLayersModel(
    tf.io.fromMemory({
      modelTopology,
      weightSpecs: group.weights,
      weightData: weights.bytes.buffer,
    }),
  );
  const size = model.inputs[0]!.shape[1]!;
  return {
    labels,
    answer: (pixels) => {
      const probabilities = tf.tidy(() => {
        const x = tf.tensor4d(Float32Array.from(pixels, scale), [1, size, size, 3]);
        return (model.predict(x) as tf.Tensor).dataSync();
      });
      return { probabilities };
    },
    dispose: () => {
      model.dispose();
    },
  };
}

function jsonOf(files: readonly ExportedFile[], path: string): unknown {
  const file = files.find((each) => each.path === path);
  if (!file) throw new Error(`${path} is missing`);
  return JSON.parse(new TextDecoder().decode(file.bytes));
}
