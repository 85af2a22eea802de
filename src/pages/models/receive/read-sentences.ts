import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { wholeNumber } from '../../../ui/phrases.ts';
import type { CodeReading } from './code-watch.ts';

/** What reading QR codes came to so far, and what to do. */
export function readingSentence({ got, trouble, problem }: CodeReading): string {
  if (problem) return problem.message;
  if (trouble === 'newer') {
    return msg(
      'The other phone has a newer version of the app. Update the app here, then read it.',
    );
  }
  if (trouble === 'damaged') {
    return msg('That code was not read whole. Keep holding it in the square.');
  }
  const count = got.length;
  if (count === 0) {
    return trouble === 'other'
      ? msg(
          'That QR code is no model. On the other phone: Models, the arrow that sends the model, “Show the QR code”.',
        )
      : msg(
          'Hold the code of the other phone in the square. There: Models, the arrow that sends the model, “Show the QR code”.',
        );
  }
  const n = wholeNumber(got.filter(Boolean).length);
  const all = wholeNumber(count);
  return plural(count, {
    other: msg(str`${n} of ${all} codes are here. Keep holding it: the rest comes by itself.`),
  });
}
