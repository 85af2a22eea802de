import type { EngineInfo } from '../../learning/service.ts';
import type { ModelRecord } from '../../models/record.ts';
import type { Deletion } from '../../models/versions.ts';
import { duration, photoCount, wholeNumber } from '../../ui/phrases.ts';
import { intervalSentence, rightSentence } from '../../ui/result-sentences.ts';
import { baseWords } from './base-state.ts';

/** "23 of 24 test photos right. Likely between 80 and 99%." */
export function accuracySentence({ test }: Pick<ModelRecord, 'test'>): string {
  if (!test || test.count === 0) return 'Not tested: there were no test photos.';
  return `${rightSentence(test)}. ${intervalSentence(test)}`;
}

/** "41 photos to learn from, 9 to check with, 9 to test". */
export function learnedSentence({ photoIds }: Pick<ModelRecord, 'photoIds'>): string {
  const { train, validation, test } = photoIds;
  return `${photoCount(train.length)} to learn from, ${wholeNumber(validation.length)} to check with, ${wholeNumber(test.length)} to test`;
}

/** What became of the photos of a model; undefined where all are there. */
export function deletedPhotosSentence(
  { photoIds }: Pick<ModelRecord, 'photoIds'>,
  photos: ReadonlyMap<string, unknown>,
): string | undefined {
  const ids = [...photoIds.train, ...photoIds.validation, ...photoIds.test];
  const gone = ids.filter((id) => !photos.has(id)).length;
  if (gone === 0) return undefined;
  const were = gone === 1 ? 'was' : 'were';
  return `${wholeNumber(gone)} of these photos ${were} deleted since. What it learned stays.`;
}

/** "Quick, 40 epochs" or "Tutorial, 10 epochs and 10 of fine-tuning". */
export function settingsWords({ hyperparameters }: Pick<ModelRecord, 'hyperparameters'>): string {
  const { preset, epochs, fineTuning } = hyperparameters;
  const name = preset.charAt(0).toUpperCase() + preset.slice(1);
  const tuning = fineTuning ? ` and ${wholeNumber(fineTuning.epochs)} of fine-tuning` : '';
  return `${name}, ${wholeNumber(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}${tuning}`;
}

/** "1.8 s on WebGPU". */
export function timeWords({ seconds, backend }: Pick<ModelRecord, 'seconds' | 'backend'>): string {
  return `${duration(seconds)} on ${BACKENDS[backend] ?? backend}`;
}

const BACKENDS: Readonly<Record<string, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** What stands in the notice with Undo. */
export function deletedSentence({ model, wasActive, successor }: Deletion): string {
  const deleted = `${model.name} deleted.`;
  if (!wasActive) return deleted;
  return `${deleted} ${successor ? `${successor.name} is in use now.` : 'No model is left.'}`;
}

/** What changes when a model of another base or size is used. */
export function switchSentences(
  model: Pick<ModelRecord, 'name' | 'base'>,
  info: EngineInfo,
): readonly [string, string] {
  const now = baseWords({ base: { ...info.base, inputSize: info.inputSize, space: '' } }, info);
  return [
    `It was trained on ${baseWords(model, info)}. The app changes to that, from ${now}.`,
    'Your photos are looked at anew for it, in the background. Models of the base in use now stay, and come back with it.',
  ];
}
