import { msg, str } from '../../i18n/msg.ts';
import { deletePhotos, relabelPhotos } from '../../photos/repository.ts';
import { saveShot } from '../../photos/save-shot.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { keptSentence } from './kept-sentence.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * Stores a picture under the label that the person gives it, and says so with a way back. A picture
 * that is stored already moves to that label.
 *
 * @param picture is closed
 */
export async function keepPicture(
  from: EventTarget,
  picture: VideoFrame | ImageBitmap,
  { id, name }: ClassRecord,
): Promise<void> {
  const attempt = async (what: () => Promise<void>) => {
    try {
      await what();
    } catch (thrown) {
      const text = Problem.from(thrown, msg('This photo was not saved. Try again.')).message;
      notify(from, { text, tone: 'wrong' });
    }
  };
  const say = (text: string, undo: () => Promise<void>) => {
    notify(from, { text, action: { label: msg('Undo'), run: () => void attempt(undo) } });
  };
  await attempt(async () => {
    const { photo, duplicate } = await saveShot(picture, { classId: id, source: 'live' });
    if (!duplicate) {
      say(keptSentence(name, photo), () => deletePhotos([photo.id]));
    } else if (photo.classId === id) {
      notify(from, { text: msg(str`This very picture is in ${name} already.`) });
    } else {
      await relabelPhotos([photo.id], id);
      say(msg(str`Moved to ${name}`), () => relabelPhotos([photo.id], photo.classId));
    }
  });
}
