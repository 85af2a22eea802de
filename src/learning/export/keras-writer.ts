import {
  kerasFiles,
  KERAS_LABELS,
  KERAS_MODEL,
} from '../../models/formats/keras-h5/write-keras-h5.ts';
import { functionalModel } from '../../models/formats/layers-model/functional-model.ts';
import { readHdf5, type Dataset, type Group } from '../../platform/hdf5.ts';
import { fileOf } from './file-of.ts';
import type { FormatWriter } from './format-writer.ts';
import { loadTopology } from './load-topology.ts';

/** Keras's own format before Keras 3. */
export const keras: FormatWriter = {
  omits: ['mirror', 'not-sure', 'known-classes'],
  tolerance: 1e-4,
  usage: `\`\`\`python
model = keras.models.load_model('model.h5')
pixels = keras.utils.img_to_array(keras.utils.load_img('photo.jpg', target_size=model.input_shape[1:3]))
probabilities = model.predict((pixels / 127.5 - 1)[None])
\`\`\``,
  expectSupported: (network) => void functionalModel(network),
  write: (network) => kerasFiles(network),
  read: async (files) => {
    const labels = new TextDecoder()
      .decode(fileOf(files, KERAS_LABELS))
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\d+ /, ''));
    const { topology, weights } = await readHdf5(new Blob([fileOf(files, KERAS_MODEL)]), (root) => {
      const group = root.get('model_weights') as Group;
      const layerNames = group.attrs['layer_names']!.value as string[];
      const weights = layerNames.flatMap((layer) => {
        const own = group.get(layer) as Group;
        const names = own.keys().length === 0 ? [] : [own.attrs['weight_names']!.value].flat();
        return (names as string[]).map((name) => {
          const dataset = own.get(name) as Dataset;
          return {
            name: name.replace(/:0$/, ''),
            shape: dataset.shape ?? [],
            values: dataset.value as Float32Array,
          };
        });
      });
      const topology = JSON.parse(root.attrs['model_config']!.value as string) as object;
      return { topology, weights };
    });
    return loadTopology(topology, weights, labels, (pixel) => pixel / 127.5 - 1);
  },
};
