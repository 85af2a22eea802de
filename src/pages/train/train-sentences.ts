import type { TrainOptions, TrainProgress } from '../../learning/service.ts';
import type { EpochMetrics, Evaluation, ModelRecord } from '../../models/record.ts';
import { wilsonInterval } from '../../models/wilson-interval.ts';
import { duration, percent, photoCount, wholeNumber } from '../../ui/phrases.ts';
import type { TrainingSet } from './training-set.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** "41 photos to learn from, 9 to check with, 9 to test." */
export function planSentence({ train, validation, test }: TrainingSet['counts']): string {
  const parts = [`${photoCount(train)} to learn from`];
  parts.push(validation > 0 ? `${wholeNumber(validation)} to check with` : 'none to check with');
  parts.push(test > 0 ? `${wholeNumber(test)} to test` : 'none to test');
  return `${parts.join(', ')}.`;
}

/** "Trained on 41 photos in 1.8 s, on this phone’s GPU". */
export function trainedSentence(
  model: Pick<ModelRecord, 'photoIds' | 'seconds' | 'backend'>,
): string {
  const photos = photoCount(model.photoIds.train.length);
  return `Trained on ${photos} in ${duration(model.seconds)}, on this phone’s ${computedBy(model.backend)}`;
}

/** What a backend computes with, in a person's words. */
export function computedBy(backend: string): string {
  return backend === 'webgpu' || backend === 'webgl' ? 'GPU' : 'processor';
}

/** Why the "Train again" button waits: classes that have nothing to learn from, by name. */
export function untaughtSentence(classes: TrainingSet['classes']): string | undefined {
  const untaught = classes.filter(({ training }) => training === 0).map(({ name }) => name);
  if (untaught.length === 0) return undefined;
  const names = list.format(untaught);
  const have = untaught.length === 1 ? 'has' : 'have';
  return `${names} ${have} no photos to learn from yet. Take a few, then train again.`;
}

/** What a training is doing now. */
export function stageSentence({ stage, epoch, epochs }: TrainProgress): string {
  switch (stage) {
    case 'features':
      return 'Looking at your photos';
    case 'head':
      return `Learning: epoch ${wholeNumber(Math.max(1, epoch))} of ${wholeNumber(epochs)}`;
    case 'evaluation':
      return 'Trying it on the test photos';
    case 'saving':
      return 'Saving';
  }
}

/** The result's title and the sentence under it. */
export function resultSentences(test: Evaluation | undefined): { title: string; sentence: string } {
  if (!test || test.count === 0) {
    return {
      title: 'Not tested yet',
      sentence:
        'No photo is on the test side, so nobody knows how often it is right. About every seventh photo becomes one: take more, then train again.',
    };
  }
  const { low, high } = wilsonInterval(test.correct, test.count);
  return {
    title: `${wholeNumber(test.correct)} of ${photoCount(test.count, 'test')} right`,
    sentence: `Likely between ${wholeNumber(100 * low)} and ${percent(high)}. More test photos narrow it.`,
  };
}

/** After Cancel: what is safe. */
export function cancelledSentence(modelName: string | undefined): string {
  return modelName === undefined
    ? 'You stopped the training. Your photos are safe.'
    : `You stopped the training. ${modelName} is still in use, and your photos are safe.`;
}

/** The curves in words, for those who do not see them. */
export function curveDescription(history: readonly EpochMetrics[]): string {
  const last = history.at(-1);
  if (!last) return 'No epoch yet.';
  const training = `Training accuracy ${percent(last.accuracy)}`;
  const validation =
    last.validationAccuracy === undefined
      ? ''
      : `, validation accuracy ${percent(last.validationAccuracy)}`;
  const epochs = history.length === 1 ? '1 epoch' : `${wholeNumber(history.length)} epochs`;
  return `${training}${validation} after ${epochs}.`;
}

/** What each preset is for; its numbers stand under the hood of what it trained. */
export const PRESET_WORDS: Readonly<
  Record<TrainOptions['preset'], { title: string; sentence: string }>
> = {
  quick: {
    title: 'Quick',
    sentence: 'Learns longest. Best for a few to a few hundred photos.',
  },
  tutorial: {
    title: 'Tutorial',
    sentence:
      'The epochs, batch size, learning rate and dropout of TensorFlow’s own tutorial. Wants many photos.',
  },
};
