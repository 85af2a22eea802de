import { decodeOnnx } from '../../models/formats/onnx/onnx-model.ts';
import { runOnnx } from '../../models/formats/onnx/run-onnx.ts';
import { onnxFiles } from '../../models/formats/onnx/write-onnx.ts';
import { programOf } from '../../models/formats/operations/program-of.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import { fileOf } from './file-of.ts';
import type { FormatWriter } from './format-writer.ts';

const write = (network: TrainedNetwork, producer: string) =>
  onnxFiles(programOf(network, { mirror: true, novelty: true, knownClasses: true }), producer);

/** Open Neural Network Exchange. */
export const onnx: FormatWriter = {
  omits: [],
  tolerance: 1e-4,
  usage: `\`\`\`python
session = onnxruntime.InferenceSession('model.onnx')
pixels = numpy.asarray(PIL.Image.open('photo.jpg').convert('RGB').resize(session.get_inputs()[0].shape[2:]), 'float32')
probabilities, novelty = session.run(None, {'image': (pixels / 127.5 - 1).transpose(2, 0, 1)[None]})
\`\`\`

The labels are in \`session.get_modelmeta().custom_metadata_map['labels']\`.`,
  expectSupported: (network) => void write(network, ''),
  write: (network, { appVersion }) => Promise.resolve(write(network, `Purrceptron ${appVersion}`)),
  read: (files) => {
    const model = decodeOnnx(fileOf(files, 'model.onnx'));
    return Promise.resolve({
      labels: JSON.parse(model.metadata['labels'] ?? '[]') as string[],
      answer: (pixels) => {
        const size = Math.sqrt(pixels.length / 3);
        const plane = size * size;
        const data = Float32Array.from(pixels, (_, i) => {
          return pixels[(i % plane) * 3 + Math.floor(i / plane)]! / 127.5 - 1;
        });
        const outputs = runOnnx(model, { shape: [1, 3, size, size], data });
        const novelty = outputs.get('novelty')?.data[0];
        return {
          probabilities: outputs.get('probabilities')!.data,
          ...(novelty !== undefined && { novelty }),
        };
      },
      dispose: () => undefined,
    });
  },
};
