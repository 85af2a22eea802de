import { photoCount, wholeNumber } from '../ui/phrases.ts';
import type { Belongings } from './library-watch.ts';

/** Says that the browser cleared what was here. */
export function lossSentence({ photos, models }: Belongings): string {
  const parts = [
    ...(photos > 0 ? [photoCount(photos)] : []),
    ...(models > 0 ? [`${wholeNumber(models)} ${models === 1 ? 'model' : 'models'}`] : []),
  ];
  const verb = photos + models === 1 ? 'is' : 'are';
  return `The browser cleared this app’s storage: ${parts.join(' and ')} ${verb} gone.`;
}
