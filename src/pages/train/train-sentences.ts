import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import type { ModelRecord, TrainingStage } from '../../records/model.ts';
import {
  aboutTime,
  capitalised,
  duration,
  epochCount,
  photoCount,
  wholeNumber,
} from '../../ui/phrases.ts';
import type { TrainingSet } from '../../photos/training-set.ts';
import type { TrainingEstimate, TrainOptions, TrainProgress } from '../../records/training.ts';

/** "3 of 10"; never more than are needed. */
export function ofEnough(photos: number): string {
  const [have, wanted] = [Math.min(photos, ENOUGH_PHOTOS), ENOUGH_PHOTOS].map(wholeNumber);
  return msg(str`${have} of ${wanted}`, {
    id: 'photos-of-wanted',
    desc: 'photos there are, of those it takes',
  });
}

/** "41 photos to learn from, 9 to check with, 9 to test." */
export function planSentence({ train, validation, test }: TrainingSet['counts']): string {
  const photos = photoCount(train);
  const [checking, testing] = [wholeNumber(validation), wholeNumber(test)];
  if (validation > 0) {
    return test > 0
      ? msg(str`${photos} to learn from, ${checking} to check with, ${testing} to test.`)
      : msg(str`${photos} to learn from, ${checking} to check with, none to test.`);
  }
  return test > 0
    ? msg(str`${photos} to learn from, none to check with, ${testing} to test.`)
    : msg(str`${photos} to learn from, none to check with, none to test.`);
}

/**
 * What a running training learns from, and what can be done meanwhile.
 *
 * @param counts all 0 or undefined before it is known which photos can be read
 */
export function runningSentence(counts: TrainingSet['counts'] | undefined): string {
  const meanwhile = msg('You can look at your photos meanwhile.');
  return counts && counts.train > 0 ? `${planSentence(counts)} ${meanwhile}` : meanwhile;
}

/** The stages of a planned training that take time, with their estimated times. */
export function plannedStages({
  hyperparameters,
  stageSeconds,
}: TrainingEstimate): { what: string; time: string }[] {
  const { epochs, fineTuning } = hyperparameters;
  const headEpochs = epochCount(epochs);
  const tuningEpochs = epochCount(fineTuning?.epochs ?? 0);
  const words: Partial<Record<TrainingStage, string>> = {
    features: msg('Looks at your photos'),
    head: msg(str`Trains the head: ${headEpochs}`),
    boundaries: msg('Prepares to fine-tune'),
    ...(fineTuning && { fineTuning: msg(str`Fine-tunes: ${tuningEpochs}`) }),
  };
  const planned = Object.entries(words) as [TrainingStage, string][];
  return planned
    .filter(([stage]) => stage === 'head' || (stageSeconds[stage] ?? 0) > 0)
    .map(([stage, what]) => ({ what, time: aboutTime(stageSeconds[stage] ?? 0) }));
}

/** The estimated total time of a planned training, and what the estimate is based on. */
export function timeSentence({ seconds, measured }: TrainingEstimate): string {
  const time = aboutTime(seconds);
  return capitalised(
    measured
      ? msg(str`${time} in all, by what this phone took before.`, { desc: '“about 2 minutes”' })
      : msg(
          str`${time} in all, estimated from how fast this phone looks at a picture. The first training will tell better.`,
          { desc: '“about 2 minutes”' },
        ),
  );
}

/** "About 40 seconds left"; empty if it is not known. */
export function timeLeftSentence({ secondsLeft }: TrainProgress): string {
  if (secondsLeft === undefined) return '';
  const time = aboutTime(secondsLeft);
  return capitalised(
    msg(str`${time} left`, { id: 'time-left', desc: '“about 2 minutes”, until it is done' }),
  );
}

/** "Trained on 41 photos in 1.8 s, on this phone’s GPU". */
export function trainedSentence(
  model: Pick<ModelRecord, 'photoIds' | 'seconds' | 'backend'>,
): string {
  const photos = photoCount(model.photoIds.train.length);
  const time = duration(model.seconds);
  return usesGpu(model.backend)
    ? msg(str`Trained on ${photos} in ${time}, on this phone’s GPU`)
    : msg(str`Trained on ${photos} in ${time}, on this phone’s processor`);
}

function usesGpu(backend: string): boolean {
  return backend === 'webgpu' || backend === 'webgl';
}

/** Labels of the stages of a training. */
export const STAGE_WORDS: Readonly<Record<TrainingStage, string>> = {
  features: msg('Looking at your photos'),
  head: msg('Learning', { id: 'stage-head', desc: 'what the phone does now' }),
  boundaries: msg('Preparing to fine-tune'),
  fineTuning: msg('Fine-tuning', { id: 'stage-fine-tuning', desc: 'what the phone does now' }),
  evaluation: msg('Trying it on the test photos'),
  saving: msg('Saving', { id: 'stage-saving', desc: 'what the phone does now' }),
};

/** Tells how many photos cannot be decoded. @param count at least 1 */
export function unreadableSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg(str`${n} photo cannot be read. Training goes on without.`),
    other: msg(str`${n} photos cannot be read. Training goes on without.`),
  });
}

/** Why to train again: the number of photos that the model has not seen. @param count at least 1 */
export function newPhotosSentence(count: number): string {
  const n = wholeNumber(count);
  return plural(count, {
    one: msg(str`${n} new photo since then. Train again to learn from it.`),
    other: msg(str`${n} new photos since then. Train again to learn from them.`),
  });
}

/** The current stage of a training, with its epoch. */
export function stageSentence({ stage: now, epoch, epochs, fineTuneFrom }: TrainProgress): string {
  // Within fine-tuning, each epoch may compute new boundary activations: that still counts as
  // fine-tuning.
  const isWithinTuning = now === 'boundaries' && fineTuneFrom !== undefined && epoch > fineTuneFrom;
  const stage = isWithinTuning ? 'fineTuning' : now;
  if (stage !== 'head' && stage !== 'fineTuning') return STAGE_WORDS[stage];
  // An epoch of the head takes so little time that the last finished one is shown; an epoch of
  // fine-tuning takes longer, so the running one is shown.
  const current = wholeNumber(stage === 'head' ? Math.max(1, epoch) : Math.min(epoch + 1, epochs));
  const all = wholeNumber(epochs);
  return stage === 'head'
    ? msg(str`Learning: epoch ${current} of ${all}`)
    : msg(str`Fine-tuning: epoch ${current} of ${all}`);
}

/** "Paused after epoch 12 of 20", or "Paused before the first epoch". */
export function pausedTitle({ epoch, epochs }: TrainProgress): string {
  const [done, all] = [wholeNumber(epoch), wholeNumber(epochs)];
  return epoch > 0
    ? msg(str`Paused after epoch ${done} of ${all}`)
    : msg('Paused before the first epoch');
}

/** Text while paused: how to continue, and that the finished epochs are stored. */
export function pausedSentence({ epoch }: TrainProgress): string {
  const goesOn = msg('It goes on when you continue.');
  return epoch > 0
    ? `${goesOn} ${msg('Even with the app closed, the epochs so far are kept.')}`
    : goesOn;
}

/** Text after Cancel: which data are safe. @param modelName of the model in use */
export function cancelledSentence(modelName: string | undefined): string {
  return modelName === undefined
    ? msg('You stopped the training. Your photos are safe.')
    : msg(str`You stopped the training. ${modelName} is still in use, and your photos are safe.`);
}

/** Texts of the switch for fine-tuning. */
export const FINE_TUNING_WORDS = {
  title: msg('Fine-tune the top of the base too'),
  sentence: msg('Slower; worth it from about a hundred photos. The head alone stays available.'),
  impossible: msg('The layers of this base cannot be trained, only the head on it.'),
} as const;

/** Texts of the presets; their numbers are shown under the hood of a trained model. */
export const PRESET_WORDS: Readonly<
  Record<TrainOptions['preset'], { title: string; sentence: string }>
> = {
  quick: {
    title: msg('Quick', { id: 'preset-quick', desc: 'name of a way to train' }),
    sentence: msg('The head alone, in seconds. Best for a few to a few hundred photos.'),
  },
  tutorial: {
    title: msg('Tutorial', { id: 'preset-tutorial', desc: 'name of a way to train' }),
    sentence: msg(
      'As TensorFlow’s own tutorial: its epochs, batch size, learning rate and dropout, and it fine-tunes too. Wants many photos.',
    ),
  },
};
