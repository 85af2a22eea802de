import { msg, str } from '../../i18n/msg.ts';
import { useModel } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { ModelRecord } from '../../records/model.ts';
import { notify } from '../../ui/notice.ts';

/** Makes a model active whose base is already in use. Shows a notice about success or failure. */
export async function chooseModel(from: EventTarget, { id, name }: ModelRecord): Promise<void> {
  try {
    await useModel(id);
    notify(from, { text: msg(str`${name} is in use.`) });
  } catch (thrown) {
    notify(from, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
