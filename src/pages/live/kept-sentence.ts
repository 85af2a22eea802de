import { msg, str } from '../../i18n/msg.ts';
import type { PhotoRecord } from '../../records/photo.ts';

/**
 * Tells how a saved correction is used: for training at once, unless it looks almost like a photo
 * of the test or validation split; then it joins that split.
 *
 * @param className name of the class that the user chose
 */
export function keptSentence(className: string, { split }: Pick<PhotoRecord, 'split'>): string {
  return split === 'train'
    ? msg(str`Saved in ${className}: it learns from it now`)
    : msg(
        str`Saved in ${className}. It looks like a photo that the model is tested with, so it tests with it too`,
      );
}
