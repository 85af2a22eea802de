import { programOf } from '../../models/formats/operations/program-of.ts';
import { lowerToTflite } from '../../models/formats/tflite/lower-to-tflite.ts';
import { decodeTflite, runTflite } from '../../models/formats/tflite/run-tflite.ts';
import { LABELS_FILE } from '../../models/formats/tflite/schema.ts';
import { tfliteFiles } from '../../models/formats/tflite/write-tflite.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import { readZipEntry } from '../../platform/archive/read-entry.ts';
import { listZip } from '../../platform/archive/zip-directory.ts';
import { fileOf } from './file-of.ts';
import type { FormatWriter } from './format-writer.ts';

const programIn = (network: TrainedNetwork) =>
  programOf(network, { mirror: true, novelty: false, knownClasses: false });

/** TensorFlow Lite, now LiteRT, for phones and small computers. */
export const tflite: FormatWriter = {
  omits: ['not-sure', 'known-classes'],
  tolerance: 1e-2,
  usage: `MediaPipe's image classifier reads the labels and the scaling of the pixels from the file:

\`\`\`js
const files = await FilesetResolver.forVisionTasks('node_modules/@mediapipe/tasks-vision/wasm');
const classifier = await ImageClassifier.createFromOptions(files, { baseOptions: { modelAssetPath: 'model.tflite' } });
const [{ categories }] = classifier.classify(image).classifications;
\`\`\`

The weights are stored in float16.`,
  expectSupported: (network) => void lowerToTflite(programIn(network)),
  write: (network, { name }) => tfliteFiles(programIn(network), name),
  read: async (files) => {
    const bytes = fileOf(files, 'model.tflite');
    const zip = new Blob([bytes]);
    const entries = await listZip(zip, { entries: 1, bytes: 1_000_000 });
    const entry = entries.find(({ path }) => path === LABELS_FILE);
    if (!entry) throw new Error('The labels are missing');
    const labels = new TextDecoder().decode(await readZipEntry(zip, entry));
    const model = decodeTflite(bytes);
    return {
      labels: labels.trimEnd().split('\n'),
      answer: (pixels) => ({
        probabilities: runTflite(
          model,
          Float32Array.from(pixels, (pixel) => pixel / 127.5 - 1),
        ),
      }),
      dispose: () => undefined,
    };
  },
};
