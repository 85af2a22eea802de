import type { TrainingEstimate, TrainOptions, TrainProgress } from '../../learning/service.ts';
import type { ModelRecord, TrainingStage } from '../../models/record.ts';
import { aboutTime, capitalised, duration, photoCount, wholeNumber } from '../../ui/phrases.ts';
import type { TrainingSet } from './training-set.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** "41 photos to learn from, 9 to check with, 9 to test." */
export function planSentence({ train, validation, test }: TrainingSet['counts']): string {
  const parts = [`${photoCount(train)} to learn from`];
  parts.push(validation > 0 ? `${wholeNumber(validation)} to check with` : 'none to check with');
  parts.push(test > 0 ? `${wholeNumber(test)} to test` : 'none to test');
  return `${parts.join(', ')}.`;
}

/** The stages of a training to come that take their time, and how long about. */
export function plannedStages({
  hyperparameters,
  stageSeconds,
}: TrainingEstimate): { what: string; time: string }[] {
  const { epochs, fineTuning } = hyperparameters;
  const words: Partial<Record<TrainingStage, string>> = {
    features: 'Looks at your photos',
    head: `Trains the head: ${epochCount(epochs)}`,
    boundaries: 'Prepares to fine-tune',
    ...(fineTuning && { fineTuning: `Fine-tunes: ${epochCount(fineTuning.epochs)}` }),
  };
  const planned = Object.entries(words) as [TrainingStage, string][];
  return planned
    .filter(([stage]) => stage === 'head' || (stageSeconds[stage] ?? 0) > 0)
    .map(([stage, what]) => ({ what, time: aboutTime(stageSeconds[stage] ?? 0) }));
}

/** How long a training to come takes in all, and how that is known. */
export function timeSentence({ seconds, measured }: TrainingEstimate): string {
  return measured
    ? `${capitalised(aboutTime(seconds))} in all, by what this phone took before.`
    : `${capitalised(aboutTime(seconds))} in all, reckoned from how fast this phone looks at a picture. The first training will tell better.`;
}

/** "About 40 seconds left", while it runs. */
export function timeLeftSentence({ secondsLeft }: TrainProgress): string {
  return secondsLeft === undefined ? '' : `${capitalised(aboutTime(secondsLeft))} left`;
}

function epochCount(epochs: number): string {
  return epochs === 1 ? '1 epoch' : `${wholeNumber(epochs)} epochs`;
}

/** "Trained on 41 photos in 1.8 s, on this phone’s GPU". */
export function trainedSentence(
  model: Pick<ModelRecord, 'photoIds' | 'seconds' | 'backend'>,
): string {
  const photos = photoCount(model.photoIds.train.length);
  return `Trained on ${photos} in ${duration(model.seconds)}, on this phone’s ${computedBy(model.backend)}`;
}

/** What a backend computes with, in a person's words. */
function computedBy(backend: string): string {
  return backend === 'webgpu' || backend === 'webgl' ? 'GPU' : 'processor';
}

/** What a training does in each of its stages. */
export const STAGE_WORDS: Readonly<Record<TrainingStage, string>> = {
  features: 'Looking at your photos',
  head: 'Learning',
  boundaries: 'Preparing to fine-tune',
  fineTuning: 'Fine-tuning',
  evaluation: 'Trying it on the test photos',
  saving: 'Saving',
};

/** Why the "Train again" button waits: classes that have nothing to learn from, by name. */
export function untaughtSentence(classes: TrainingSet['classes']): string | undefined {
  const untaught = classes.filter(({ training }) => training === 0).map(({ name }) => name);
  if (untaught.length === 0) return undefined;
  const names = list.format(untaught);
  const have = untaught.length === 1 ? 'has' : 'have';
  return `${names} ${have} no photos to learn from yet. Take a few, then train again.`;
}

/** What a training is doing now. */
export function stageSentence({ stage: now, epoch, epochs, fineTuneFrom }: TrainProgress): string {
  // Each epoch of the fine-tuning may begin with pictures of its own: that is no stage of its own.
  const isWithin = now === 'boundaries' && fineTuneFrom !== undefined && epoch > fineTuneFrom;
  const stage = isWithin ? 'fineTuning' : now;
  const words = STAGE_WORDS[stage];
  if (stage !== 'head' && stage !== 'fineTuning') return words;
  // An epoch of the head is over before it is read; one of the fine-tuning takes its time.
  const current = stage === 'head' ? Math.max(1, epoch) : Math.min(epoch + 1, epochs);
  return `${words}: epoch ${wholeNumber(current)} of ${wholeNumber(epochs)}`;
}

/** "Paused after epoch 12 of 20", or before the first. */
export function pausedTitle({ epoch, epochs }: TrainProgress): string {
  return epoch > 0
    ? `Paused after epoch ${wholeNumber(epoch)} of ${wholeNumber(epochs)}`
    : 'Paused before the first epoch';
}

/** While paused: what waiting costs, and that leaving costs nothing. */
export function pausedSentence({ epoch }: TrainProgress): string {
  const closing = epoch > 0 ? ' Even with the app closed, the epochs so far are kept.' : '';
  return `It goes on when you continue.${closing}`;
}

/** After Cancel: what is safe. */
export function cancelledSentence(modelName: string | undefined): string {
  return modelName === undefined
    ? 'You stopped the training. Your photos are safe.'
    : `You stopped the training. ${modelName} is still in use, and your photos are safe.`;
}

/** What the switch for fine-tuning says. */
export const FINE_TUNING_WORDS = {
  title: 'Fine-tune the top of the base too',
  sentence: 'Slower; worth it from about a hundred photos. The head alone stays available.',
  impossible: 'The layers of this base cannot be trained, only the head on it.',
} as const;

/** What each preset is for; its numbers stand under the hood of what it trained. */
export const PRESET_WORDS: Readonly<
  Record<TrainOptions['preset'], { title: string; sentence: string }>
> = {
  quick: {
    title: 'Quick',
    sentence: 'The head alone, in seconds. Best for a few to a few hundred photos.',
  },
  tutorial: {
    title: 'Tutorial',
    sentence:
      'As TensorFlow’s own tutorial: its epochs, batch size, learning rate and dropout, and it fine-tunes too. Wants many photos.',
  },
};
