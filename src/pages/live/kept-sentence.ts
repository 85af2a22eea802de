import { msg, str } from '../../i18n/msg.ts';
import type { PhotoRecord } from '../../records/photo.ts';

/**
 * What becomes of a correction: it is learned from at once, but where it looks almost like a photo that
 * judges the model.
 *
 * @param className of the class that the person gave it
 */
export function keptSentence(className: string, { split }: Pick<PhotoRecord, 'split'>): string {
  return split === 'train'
    ? msg(str`Saved in ${className}: it learns from it now`)
    : msg(
        str`Saved in ${className}. It looks like a photo that the model is tested with, so it tests with it too`,
      );
}
