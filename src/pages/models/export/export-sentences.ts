import { msg, str } from '../../../i18n/msg.ts';
import type { AnswerPart, ExportFormat } from '../../../records/export.ts';

/** The name of a format, and who opens it in one line. */
export function formatWords(format: ExportFormat): {
  readonly name: string;
  readonly line: string;
} {
  switch (format) {
    case 'tflite':
      return {
        name: msg('TensorFlow Lite'),
        line: msg('For Android, iPhone and Raspberry Pi apps, with MediaPipe.'),
      };
    case 'teachable-machine':
      return {
        name: msg('Teachable Machine'),
        line: msg('For what opens its image models: ml5, p5.js, Scratch, MakeCode.'),
      };
    case 'tfjs':
      return { name: 'TensorFlow.js', line: msg('For websites and Node, in JavaScript.') };
    case 'keras':
      return {
        name: msg('Keras', { desc: 'the library' }),
        line: msg('For Python: opens whole, with all its layers, and learns on.'),
      };
    case 'onnx':
      return { name: 'ONNX', line: msg('For Python, C++, C# and Windows, with ONNX Runtime.') };
  }
}

/** What of the app's answers a format leaves out; undefined if nothing. */
export function omitsSentence(omits: readonly AnswerPart[]): string | undefined {
  const [mirror, notSure] = [omits.includes('mirror'), omits.includes('not-sure')];
  if (mirror && notSure) {
    return msg('Without “not sure”, and without the second look at the mirror image.');
  }
  if (mirror) return msg('Without the second look at the mirror image.');
  return notSure ? msg('Without “not sure”.') : undefined;
}

/** "Writing it as ONNX…" */
export function writingSentence(format: ExportFormat): string {
  const { name } = formatWords(format);
  return msg(str`${name}: written, then read again and checked.`);
}
