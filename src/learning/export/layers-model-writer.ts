import type { ExportedFile } from '../../models/formats/exported-file.ts';
import { functionalModel } from '../../models/formats/layers-model/functional-model.ts';
import {
  layersModelFiles,
  teachableMachineFiles,
} from '../../models/formats/layers-model/layers-model.ts';
import { fileOf } from './file-of.ts';
import type { FormatWriter, ReadModel } from './format-writer.ts';
import { loadTopology } from './load-topology.ts';

/** TensorFlow.js's own format. */
export const layersModel: FormatWriter = {
  omits: ['mirror', 'not-sure', 'known-classes'],
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
  omits: ['mirror', 'not-sure', 'known-classes'],
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
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
  readonly userDefinedMetadata?: { readonly labels: readonly string[] };
}

/** The model of `model.json` and its file of weights. */
function loaded(
  { modelTopology, weightsManifest }: ModelJson,
  files: readonly ExportedFile[],
  labels: readonly string[],
  scale: (pixel: number) => number,
): Promise<ReadModel> {
  const [group] = weightsManifest;
  const values = new Float32Array(fileOf(files, group!.paths[0]!).buffer);
  let at = 0;
  const weights = group!.weights.map(({ name, shape }) => {
    const start = at;
    at += shape.reduce((a, b) => a * b, 1);
    return { name, shape, values: values.subarray(start, at) };
  });
  return loadTopology(modelTopology, weights, labels, scale);
}

function jsonOf(files: readonly ExportedFile[], path: string): unknown {
  return JSON.parse(new TextDecoder().decode(fileOf(files, path)));
}
