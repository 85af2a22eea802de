import type { UnfinishedTraining } from '../../learning/service.ts';
import { wholeNumber } from '../../ui/phrases.ts';

/** "A training was interrupted at epoch 12 of 20". */
export function unfinishedTitle({ epoch, epochs }: UnfinishedTraining): string {
  const place = `${wholeNumber(epoch)} of ${wholeNumber(epochs)}`;
  return `A training was interrupted at epoch ${place}`;
}

/**
 * What going on does, or why it cannot; and what stays after Discard.
 *
 * @param modelName of the model in use
 */
export function unfinishedSentence(
  { stage, obstacle }: UnfinishedTraining,
  modelName: string | undefined,
): string {
  const kept = modelName === undefined ? 'your photos' : `${modelName} and your photos`;
  const goesOn =
    stage === 'fineTuning'
      ? 'The head is trained and in use; the fine-tuning goes on from there.'
      : 'It goes on from there as if nothing had happened.';
  return `${obstacle?.message ?? goesOn} If you discard it, ${kept} stay.`;
}
