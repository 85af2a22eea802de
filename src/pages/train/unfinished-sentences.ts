import type { UnfinishedTraining } from '../../learning/service.ts';
import { wholeNumber } from '../../ui/phrases.ts';

/** "A training was interrupted at epoch 12 of 20". */
export function unfinishedTitle({ epoch, epochs }: UnfinishedTraining): string {
  const place = `${wholeNumber(epoch)} of ${wholeNumber(epochs)}`;
  return `A training was interrupted at epoch ${place}`;
}

/**
 * What going on does, and what stays after Discard.
 *
 * @param modelName of the model in use
 */
export function unfinishedSentence(
  { stage }: UnfinishedTraining,
  modelName: string | undefined,
): string {
  const stays = modelName === undefined ? 'your photos stay' : `${modelName} and your photos stay`;
  return stage === 'fineTuning'
    ? `The head is trained and in use; the fine-tuning goes on from there. If you discard it, ${stays}.`
    : `It goes on from there as if nothing had happened. If you discard it, ${stays}.`;
}
