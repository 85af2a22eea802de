import type { UnfinishedTraining } from '../../learning/service.ts';
import type { ModelRecord } from '../../models/record.ts';
import { wholeNumber } from '../../ui/phrases.ts';
import type { FineTunedPair } from './fine-tuning-facts.ts';

type Decision = Pick<FineTunedPair['result'], 'before' | 'after' | 'epoch' | 'kept'>;

/** The title over the comparison. */
export function fineTuningTitle({ kept, before, after }: Decision): string {
  if (!kept) return 'Fine-tuning was no gain';
  const gained = (after.validationAccuracy ?? 0) > (before.validationAccuracy ?? 0);
  return gained ? 'Fine-tuning helped' : 'Fine-tuned';
}

/** Why the fine-tuned model was taken or left: what it did on the validation photos decides. */
export function decisionSentence({ kept, epoch, before, after }: Decision): string {
  // The weights are those from before the first one.
  if (epoch === 0)
    return 'None of its epochs was any better than the head alone, so the head stays.';
  const [was, is] = [before.validationAccuracy, after.validationAccuracy];
  if (was === undefined || is === undefined) {
    return 'No photo is on the validation side to compare them by: the fine-tuned model was taken.';
  }
  if (kept) {
    return is > was
      ? 'It got more validation photos right than the head alone, so it was taken.'
      : 'It got as many validation photos right as the head alone, and was no less sure, so it was taken.';
  }
  return is < was
    ? 'It got fewer validation photos right than the head alone, so the head stays.'
    : 'It got as many validation photos right as the head alone, but was less sure, so the head stays.';
}

/** Where a loss was no number any more; undefined where all went well. */
export function astraySentence({
  astray,
  fineTuning,
}: Pick<ModelRecord, 'astray' | 'fineTuning'>): string | undefined {
  if (astray !== undefined) return astrayIn(astray, 'the training');
  if (fineTuning?.astray !== undefined) return astrayIn(fineTuning.astray, 'the fine-tuning');
  return undefined;
}

function astrayIn(epoch: number, what: string): string {
  return `In epoch ${wholeNumber(epoch)} of ${what} the loss was no number any more. It stopped there; the epochs before count.`;
}

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
