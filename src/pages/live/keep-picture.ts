import { msg, str } from '../../i18n/msg.ts';
import { deletePhotos, relabelPhotos } from '../../photos/repository.ts';
import { saveShot } from '../../photos/save-shot.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { keptSentence } from './kept-sentence.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * Saves a picture with the label that the user gives it, and shows a notice with Undo. A picture
 * that is saved already is moved to that class. A failure is shown as a notice too.
 *
 * @param from the element that dispatches the notice
 * @param picture closed by this function
 */
export async function keepPicture(
  from: EventTarget,
  picture: VideoFrame | ImageBitmap,
  { id, name }: ClassRecord,
): Promise<void> {
  const attempt = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (thrown) {
      const text = Problem.from(thrown, msg('This photo was not saved. Try again.')).message;
      notify(from, { text, tone: 'wrong' });
    }
  };
  const showNotice = (text: string, undo: () => Promise<void>) => {
    notify(from, { text, action: { label: msg('Undo'), run: () => void attempt(undo) } });
  };
  await attempt(async () => {
    const { photo, duplicate } = await saveShot(picture, { classId: id, source: 'live' });
    if (!duplicate) {
      showNotice(keptSentence(name, photo), () => deletePhotos([photo.id]));
    } else if (photo.classId === id) {
      notify(from, { text: msg(str`This very picture is in ${name} already.`) });
    } else {
      await relabelPhotos([photo.id], id);
      showNotice(msg(str`Moved to ${name}`), () => relabelPhotos([photo.id], photo.classId));
    }
  });
}
