import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mobileNetV2 } from '../../../src/learning/model-files/keras/mobilenet-v2.ts';
import { layersModelFiles } from '../layers-model-files.ts';
import type { MadeBase, Say } from '../made-base.ts';
import { halveKernels } from '../weights-file.ts';
import { download, type OnProgress } from './download.ts';
import { readKerasWeights } from './keras-h5.ts';
import { matchWeights } from './match-weights.ts';
import { progressLine } from './progress-line.ts';

const FILE = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_160_no_top.h5';

/** The URL that `keras.applications.MobileNetV2` uses. */
const OFFICIAL = `https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/${FILE}`;

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/purrceptron/', import.meta.url));

interface ImageNetSource {
  /** The path of a local Keras weights file; without it, the file is downloaded. */
  readonly from?: string;
  /** The URL of a mirror; the official one by default. */
  readonly url?: string;
  /** The folder for downloaded files. */
  readonly cache?: string;
  readonly onProgress?: OnProgress;
}

/**
 * Makes the base of the tutorial from the weights that Keras publishes.
 *
 * @throws Problem `download`, or `base` if the file does not contain the expected weights
 */
export async function makeImageNet(source: ImageNetSource, say: Say): Promise<MadeBase> {
  const path = source.from ?? (await cached(source, say));
  const network = mobileNetV2();
  const weights = await readKerasWeights(path)
    .then((layers) => matchWeights(network, layers))
    .catch(async (thrown: unknown) => {
      // Otherwise every later run would use the same damaged copy.
      if (source.from === undefined) await rm(path, { force: true });
      throw thrown;
    });
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const origin =
    source.from === undefined ? (source.url ?? OFFICIAL) : `the file ${basename(path)}`;
  return {
    spec: {
      id: 'imagenet',
      name: 'MobileNetV2, ImageNet',
      architecture: 'MobileNetV2 1.00',
      format: 'layers-model',
      inputSizes: [224, 160],
      inputRange: [-1, 1],
      featureLength: network.featureLength,
      layers: network.layers.length,
      parameters: network.parameters,
      fineTuneFrom: network.fineTuneFrom,
      provenance: {
        source:
          `Keras weights of MobileNetV2 from ${origin} (SHA-256 ${hash}); ` +
          'kernels rounded to float16, batch normalisation kept in float32.',
        trainedOn: 'ImageNet (ILSVRC 2012)',
      },
      licence: { name: 'Apache-2.0', holder: 'Google' },
    },
    files: layersModelFiles(network, halveKernels(weights)),
    unrounded: layersModelFiles(network, weights),
  };
}

/** The path of the downloaded file; it is downloaded if it is not in the cache. */
async function cached(source: ImageNetSource, say: Say): Promise<string> {
  const { url = OFFICIAL, cache = CACHE, onProgress = progressLine('imagenet') } = source;
  // One folder per URL, so that a file from a mirror is not taken for the official one.
  const path = join(cache, createHash('sha256').update(url).digest('hex').slice(0, 8), FILE);
  if (await stat(path).catch(() => undefined)) {
    say(`imagenet: using ${FILE}, downloaded before`);
  } else {
    say(`imagenet: downloading ${url}`);
    await download(url, path, { onProgress });
  }
  return path;
}
