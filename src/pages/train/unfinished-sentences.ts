import { msg, str } from '../../i18n/msg.ts';
import type { UnfinishedTraining } from '../../records/engine.ts';
import { wholeNumber } from '../../ui/phrases.ts';

/** "A training was interrupted at epoch 12 of 20". */
export function unfinishedTitle({ epoch, epochs }: UnfinishedTraining): string {
  const [done, all] = [wholeNumber(epoch), wholeNumber(epochs)];
  return msg(str`A training was interrupted at epoch ${done} of ${all}`);
}

/**
 * What "Go on" does or why it is impossible, and what remains after Discard.
 *
 * @param modelName name of the model in use
 */
export function unfinishedSentence(
  { stage, obstacle }: UnfinishedTraining,
  modelName: string | undefined,
): string {
  const kept =
    modelName === undefined
      ? msg('If you discard it, your photos stay.')
      : msg(str`If you discard it, ${modelName} and your photos stay.`);
  const goesOn =
    stage === 'fineTuning'
      ? msg('The head is trained and in use; the fine-tuning goes on from there.')
      : msg('It goes on from there as if nothing had happened.');
  return `${obstacle?.message ?? goesOn} ${kept}`;
}
