import { msg } from '../../i18n/msg.ts';
import type { FineTunedPair } from './fine-tuning-facts.ts';

type Decision = Pick<FineTunedPair['result'], 'before' | 'after' | 'epoch' | 'kept'>;

/** Title of the comparison: whether fine-tuning increased the validation accuracy. */
export function fineTuningTitle({ kept, before, after }: Decision): string {
  if (!kept) return msg('Fine-tuning was no gain');
  const gained = (after.validationAccuracy ?? 0) > (before.validationAccuracy ?? 0);
  return gained ? msg('Fine-tuning helped') : msg('Fine-tuned');
}

/** Why the fine-tuned model is used or not; the results on the validation photos decide. */
export function decisionSentence({ kept, epoch, before, after }: Decision): string {
  // Epoch 0 means that the weights from before the first epoch were best.
  if (epoch === 0)
    return msg('None of its epochs was any better than the head alone, so the head stays.');
  const [was, is] = [before.validationAccuracy, after.validationAccuracy];
  if (was === undefined || is === undefined) {
    return msg(
      'No photo is on the validation side to compare them by: the fine-tuned model was taken.',
    );
  }
  if (kept) {
    return is > was
      ? msg('It got more validation photos right than the head alone, so it was taken.')
      : msg(
          'It got as many validation photos right as the head alone, and was no less sure, so it was taken.',
        );
  }
  return is < was
    ? msg('It got fewer validation photos right than the head alone, so the head stays.')
    : msg(
        'It got as many validation photos right as the head alone, but was less sure, so the head stays.',
      );
}
