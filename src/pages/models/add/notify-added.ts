import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import type { AddedModel } from '../../../session/add-model.ts';
import { learning } from '../../../session/learning.ts';
import { hrefOf } from '../../../session/routes.ts';
import { notify } from '../../../ui/notice.ts';

/** Says what was added, and offers the next step: Live for a model, its use for a base. */
export function notifyAdded(host: HTMLElement, { spec, model }: AddedModel): void {
  const { name } = model ?? spec;
  if (model) {
    const run = () => (location.hash = hrefOf('live'));
    notify(host, {
      text: msg(str`“${name}” is here, and Live uses it.`),
      action: { label: msg('Open Live'), run },
    });
    return;
  }
  notify(host, {
    text: msg(str`“${name}” is here, checked, and works offline.`),
    action: { label: msg('Use it'), run: () => void useBase(host, spec) },
  });
}

async function useBase(host: HTMLElement, { id, inputSizes }: AddedModel['spec']): Promise<void> {
  try {
    await learning.useBase(id, inputSizes[0]!);
  } catch (thrown) {
    notify(host, { text: Problem.from(thrown).message, tone: 'wrong' });
  }
}
