import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { nameOf } from './chosen-files.ts';

/** Models of other programs, by the ends of their files. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/\.tflite$/i, 'TensorFlow Lite'],
  [/\.onnx$/i, 'ONNX'],
  [/\.(pt|pth|ckpt|torchscript)$/i, 'PyTorch'],
  [/\.safetensors$/i, 'safetensors'],
  [/(^|\/)saved_model\.pb$/i, 'TensorFlow SavedModel'],
  [/\.(mlmodel|mlpackage)$/i, 'Core ML'],
];

/** Files that their names call models that the app reads. */
const KERAS = /\.(keras|h5|hdf5)$/i;
const WEIGHTS = /\.bin$/i;

/** Why there is no model among files, as far as their names tell it. */
export function noModelAmong(files: readonly { readonly path: string }[]): Problem {
  const first = (pattern: RegExp) => files.find(({ path }) => pattern.test(path))?.path;
  const keras = first(KERAS);
  if (keras !== undefined) {
    const name = nameOf(keras);
    return new Problem('base', msg(str`${name} is damaged, or no file of Keras.`));
  }
  for (const [pattern, program] of FORMATS) {
    const path = first(pattern);
    if (path === undefined) continue;
    const name = nameOf(path);
    return new Problem(
      'base',
      msg(
        str`${name} is a model for ${program}, which the app does not read. Save it with Keras as a .keras or .h5 file, or convert it for TensorFlow.js.`,
        { desc: 'the name of a file, and of a program or format' },
      ),
    );
  }
  if (first(WEIGHTS) !== undefined) {
    return new Problem(
      'base',
      msg(
        'These are weights without their network. Choose them together with the .json file that was saved with them.',
      ),
    );
  }
  return new Problem(
    'base',
    msg(
      'There is no model among these files. Choose a TensorFlow.js model.json together with its .bin files, or a Keras .keras or .h5 file.',
    ),
  );
}
