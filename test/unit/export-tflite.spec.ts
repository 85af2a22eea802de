import { expect, test } from '@playwright/test';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { programOf } from '../../src/models/formats/operations/program-of.ts';
import { runProgram } from '../../src/models/formats/operations/run-program.ts';
import { decodeTflite, runTflite } from '../../src/models/formats/tflite/run-tflite.ts';
import { tfliteFiles } from '../../src/models/formats/tflite/write-tflite.ts';
import { UnsupportedLayerError } from '../../src/models/formats/unsupported-layer.ts';
import { KERAS_NETWORKS } from '../fixtures/keras-networks.ts';
import { randomPictures, trainedNetwork } from '../fixtures/trained-network.ts';

test.beforeAll(async () => {
  await tf.setBackend('cpu');
});

for (const [name, build] of Object.entries(KERAS_NETWORKS)) {
  test(`the TFLite file of ${name} is read again and answers the same`, async () => {
    const network = trainedNetwork(build(), { classes: 3 });
    const write = async () => {
      const program = programOf(network, { mirror: true, novelty: false, knownClasses: false });
      return { program, files: await tfliteFiles(program, 'Test') };
    };
    const written = await write().catch((thrown: unknown) => thrown);
    if (written instanceof UnsupportedLayerError) {
      // The layers of these networks that TensorFlow Lite has no operator for.
      expect(written.layer).toMatch(
        /^(Model|BatchNormalization|LayerNormalization|Activation\(gelu\)|MaxPooling2D|AveragePooling2D)$/,
      );
      return;
    }
    const { program, files } = written as Awaited<ReturnType<typeof write>>;
    const pictures = randomPictures(1, program.size);
    const expected = runProgram(program, pictures).probabilities;
    const answers = runTflite(decodeTflite(files[0]!.bytes), pictures);
    const differences = expected.map((value, i) => Math.abs(value - answers[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-2);
  });
}
