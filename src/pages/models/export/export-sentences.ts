import { msg, str } from '../../../i18n/msg.ts';
import type { AnswerPart, ExportFormat } from '../../../records/export.ts';
import { listOf } from '../../../ui/phrases.ts';

/** The name of a format, and who opens it in one line. */
export function formatWords(format: ExportFormat): {
  readonly name: string;
  readonly line: string;
} {
  switch (format) {
    case 'web-page':
      return {
        name: msg('Web page'),
        line: msg('One file that any browser opens, without this app and without a network.'),
      };
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
  if (omits.length === 0) return undefined;
  const names = {
    mirror: msg('the second look at the mirror image', { desc: 'after “Without:”' }),
    'not-sure': msg('“not sure”', { desc: 'after “Without:”' }),
  };
  const list = listOf(omits.map((part) => names[part]));
  return msg(str`Without: ${list}.`, { desc: 'what an exported model does not do' });
}

/** "Writing it as ONNX…" */
export function writingSentence(format: ExportFormat): string {
  const { name } = formatWords(format);
  return msg(str`${name}: written, then read again and checked.`);
}
