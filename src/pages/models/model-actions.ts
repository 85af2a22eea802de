import { learning } from '../../session/learning.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { useModel } from '../../models/repository.ts';
import { deleteModel, restoreModel } from '../../models/versions.ts';
import { Problem } from '../../platform/problem.ts';
import { notify } from '../../ui/notice.ts';
import { deletedSentence } from './model-sentences.ts';

/** Switches to the base and input size of a model, and makes the model active. */
export async function chooseWithBase(from: EventTarget, model: ModelRecord): Promise<void> {
  const { name } = model;
  const { id, inputSize } = model.base;
  await attempt(from, async () => {
    await learning.useBase(id, inputSize);
    await useModel(model.id);
    notify(from, { text: msg(str`${name} is in use, and its base with it.`) });
  });
}

/** Deletes a model, and shows a notice with Undo. */
export async function deleteWithUndo(from: EventTarget, { id }: ModelRecord): Promise<void> {
  await attempt(from, async () => {
    const deletion = await deleteModel(id);
    notify(from, {
      text: deletedSentence(deletion),
      action: { label: msg('Undo'), run: () => void attempt(from, () => restoreModel(id)) },
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
