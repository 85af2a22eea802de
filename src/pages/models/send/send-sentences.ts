import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import type { PackedModel } from '../../../records/phone-model.ts';
import { percent, wholeNumber } from '../../../ui/phrases.ts';

/** How the rounded head answers the photos of this phone, compared with the head itself. */
export function agreementSentence({ agreement, precision }: PackedModel): string {
  if (!agreement) {
    return msg(
      'No photo of this model is here, so its weights are rounded less, and not compared.',
    );
  }
  const { photos, count, difference } = agreement;
  const n = wholeNumber(count);
  const answers =
    photos === 'test'
      ? plural(count, {
          one: msg(str`Compared on ${n} test photo: the same answer.`),
          other: msg(str`Compared on ${n} test photos: the same answer to each.`),
        })
      : plural(count, {
          one: msg(str`Compared on ${n} photo that it learned from: the same answer.`),
          other: msg(str`Compared on ${n} photos that it learned from: the same answer to each.`),
        });
  if (precision === 'float32') return answers;
  const most = percent(Math.max(1, Math.ceil(100 * difference)) / 100);
  return `${answers} ${msg(str`Probabilities differ by at most ${most}.`, { desc: 'a percentage' })}`;
}
