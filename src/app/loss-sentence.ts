import { msg, str } from '../i18n/msg.ts';
import { plural } from '../i18n/plural.ts';
import { modelCount, photoCount } from '../ui/phrases.ts';
import type { LibraryCounts } from '../session/data-loss-detector.ts';

/** Tells how many photos and models were lost when the browser cleared the app's storage. */
export function lossSentence({ photos, models }: LibraryCounts): string {
  const [nPhotos, nModels] = [photoCount(photos), modelCount(models)];
  if (models === 0) {
    return plural(photos, {
      one: msg(str`The browser cleared this app’s storage: ${nPhotos} is gone.`),
      other: msg(str`The browser cleared this app’s storage: ${nPhotos} are gone.`),
    });
  }
  if (photos === 0) {
    return plural(models, {
      one: msg(str`The browser cleared this app’s storage: ${nModels} is gone.`, {
        id: 'models-one-gone',
      }),
      other: msg(str`The browser cleared this app’s storage: ${nModels} are gone.`, {
        id: 'models-gone',
      }),
    });
  }
  return msg(str`The browser cleared this app’s storage: ${nPhotos} and ${nModels} are gone.`);
}
