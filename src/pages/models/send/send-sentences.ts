import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { WrittenModel } from '../../../records/phone-model.ts';
import { percent, wholeNumber } from '../../../ui/phrases.ts';

/** How the rounded head answers the photos of this phone, compared with the head itself. */
export function agreementSentence({ agreement, precision }: WrittenModel): string {
  if (!agreement) {
    return precision === 'int8'
      ? msg('Its weights are rounded to 8 bits. No photo of this model is here to compare it on.')
      : msg('No photo of this model is here, so its weights are rounded less, and not compared.');
  }
  const { photos, count, same, difference } = agreement;
  const n = wholeNumber(count);
  const s = wholeNumber(same);
  const answers =
    photos === 'test'
      ? plural(count, {
          one: msg(str`Compared with the model here: the same answer on ${s} of ${n} test photo.`),
          other: msg(
            str`Compared with the model here: the same answer on ${s} of ${n} test photos.`,
          ),
        })
      : plural(count, {
          one: msg(
            str`Compared with the model here: the same answer on ${s} of ${n} photo that it learned from.`,
          ),
          other: msg(
            str`Compared with the model here: the same answer on ${s} of ${n} photos that it learned from.`,
          ),
        });
  if (precision === 'float32') return answers;
  const most = percent(Math.max(1, Math.ceil(100 * difference)) / 100);
  return `${answers} ${msg(str`Probabilities differ by at most ${most}.`, { desc: 'a percentage' })}`;
}

/** What the QR codes are. @param count number of codes; undefined for too many */
export function codesSentence(count: number | undefined): string {
  if (count === undefined) {
    return msg('Its head is too large for QR codes. Send it as a file.');
  }
  if (count === 1) {
    return msg(
      'A QR code on this screen, which the camera of the other phone reads: no network, no cable.',
    );
  }
  const n = wholeNumber(count);
  return plural(count, {
    other: msg(
      str`${n} QR codes that follow one another on this screen, which the camera of the other phone reads: no network, no cable.`,
    ),
  });
}
