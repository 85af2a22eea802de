import { countPhotos } from '../photos/repository.ts';
import { onChange } from '../storage/changes.ts';
import { askToKeep, storageFacts } from '../storage/keep-data.ts';
import { getSetting } from '../storage/settings.ts';

/** From so many photos on there is something that would be missed. */
const WORTH_KEEPING = 5;

/**
 * Asks the browser to keep the photos: once, and not before there are some, nor when the app starts
 * but when a photo or a model was just saved, which is when a person sees why. Settings show the
 * answer and ask again.
 *
 * @returns the way to stop
 */
export function askToKeepPhotos(): () => void {
  let isAsking = false;
  const look = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      if (await isTime()) {
        stop();
        await askToKeep();
      }
    } catch (thrown) {
      console.warn('The browser could not be asked to keep the photos.', thrown);
    } finally {
      isAsking = false;
    }
  };
  const unfollow = [onChange('photos', () => void look()), onChange('models', () => void look())];
  const stop = () => {
    for (const end of unfollow) end();
  };
  return stop;
}

async function isTime(): Promise<boolean> {
  if (await getSetting('keepAsked')) return false;
  if ((await storageFacts()).kept !== false) return false;
  if (await getSetting('activeModelId')) return true;
  const counts = await countPhotos();
  return [...counts.values()].reduce((sum, count) => sum + count, 0) >= WORTH_KEEPING;
}
