import { msg } from '../../i18n/msg.ts';
import { removeClass, restoreClass } from '../../photos/classes.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { removedSentence } from './class-sentences.ts';

/**
 * Removes a class with its photos, and shows a notice with Undo. A failure is shown as a notice.
 */
export async function removeClassWithUndo(from: EventTarget, id: string): Promise<void> {
  await attempt(from, async () => {
    const removed = await removeClass(id);
    notify(from, {
      text: removedSentence(removed.record.name, removed.photoIds.length),
      action: { label: msg('Undo'), run: () => void attempt(from, () => restoreClass(removed)) },
    });
  });
}

async function attempt(from: EventTarget, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
