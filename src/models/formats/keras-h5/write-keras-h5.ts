import { loadHdf5 } from '../../../platform/hdf5.ts';
import type { ExportedFile } from '../exported-file.ts';
import { functionalModel } from '../layers-model/functional-model.ts';
import type { TrainedNetwork } from '../trained-network.ts';

/** The file within the archive. */
export const KERAS_MODEL = 'model.h5';
export const KERAS_LABELS = 'labels.txt';

/** The version whose format it is; Keras 3 and tf_keras 2 read it. */
const KERAS_VERSION = '2.15.0';

/**
 * A whole Keras model in one HDF5 file, with Keras's names of layers and weights, and the labels as
 * Teachable Machine writes them for Python: a line `0 Cat` for each. Its input is RGB from -1 to 1,
 * `[batch, size, size, 3]`.
 *
 * @throws UnsupportedLayerError
 */
export async function kerasFiles(network: TrainedNetwork): Promise<ExportedFile[]> {
  const { config, layers } = functionalModel(network);
  const { File, module } = await loadHdf5();
  const path = `/export-${crypto.randomUUID()}.h5`;
  const file = new File(path, 'w');
  let isOpen = true;
  try {
    const model = { class_name: 'Functional', config };
    // Texts of variable length lie outside the header, whose size HDF5 limits to 64 kB.
    file.create_attribute('model_config', JSON.stringify(model), null, 'S');
    file.create_attribute('keras_version', KERAS_VERSION, null, 'S');
    file.create_attribute('backend', 'tensorflow', null, 'S');
    const root = file.create_group('model_weights');
    root.create_attribute(
      'layer_names',
      layers.map(({ name }) => name),
      null,
      'S',
    );
    root.create_attribute('keras_version', KERAS_VERSION, null, 'S');
    root.create_attribute('backend', 'tensorflow', null, 'S');
    for (const { name, weights } of layers) {
      const group = root.create_group(name);
      const names = weights.map((weight) => `${name}/${weight.name}:0`);
      // An empty list has no type that could be guessed.
      if (names.length === 0) {
        group.create_attribute('weight_names', [], [0], 'S1');
        continue;
      }
      group.create_attribute('weight_names', names, null, 'S');
      const inner = group.create_group(name);
      for (const { name: weight, shape, values } of weights) {
        inner.create_dataset({ name: `${weight}:0`, data: values, shape: [...shape], dtype: '<f' });
      }
    }
    // Writes what HDF5 still holds. A file may be closed only once.
    isOpen = false;
    file.close();
    const lines = network.labels.map((label, i) => `${i} ${label}\n`).join('');
    return [
      { path: KERAS_MODEL, bytes: new Uint8Array(module.FS.readFile(path)) },
      { path: KERAS_LABELS, bytes: new TextEncoder().encode(lines) },
    ];
  } finally {
    if (isOpen) file.close();
    module.FS.unlink(path);
  }
}
