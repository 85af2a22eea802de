import { countPhotos } from '../photos/repository.ts';
import { onChange } from '../storage/changes.ts';
import { askToKeep, storageFacts } from '../storage/keep-data.ts';
import { getSetting } from '../storage/settings.ts';

/** Number of photos from which on persistent storage is requested. */
const WORTH_KEEPING = 5;

/**
 * Requests persistent storage once: not at the start of the app, but when a photo or a model was
 * just saved, so that the user understands the browser's question. The Settings page shows the
 * answer and can request it again.
 *
 * @returns a function that stops it
 */
export function askToKeepPhotos(): () => void {
  let isAsking = false;
  const check = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      if (await shouldAsk()) {
        stop();
        await askToKeep();
      }
    } catch (thrown) {
      console.warn('The browser could not be asked to keep the photos.', thrown);
    } finally {
      isAsking = false;
    }
  };
  const listeners = [
    onChange('photos', () => void check()),
    onChange('models', () => void check()),
  ];
  const stop = () => {
    for (const remove of listeners) remove();
  };
  return stop;
}

async function shouldAsk(): Promise<boolean> {
  if (await getSetting('keepAsked')) return false;
  if ((await storageFacts()).kept !== false) return false;
  if (await getSetting('activeModelId')) return true;
  const counts = await countPhotos();
  return [...counts.values()].reduce((sum, count) => sum + count, 0) >= WORTH_KEEPING;
}
