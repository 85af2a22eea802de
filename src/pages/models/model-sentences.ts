import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { Deletion } from '../../models/versions.ts';
import { capitalised, duration, epochCount, photoCount, wholeNumber } from '../../ui/phrases.ts';
import { intervalSentence, rightSentence } from '../../widgets/result/result-sentences.ts';
import { baseWords } from './base-state.ts';

/** "23 of 24 test photos right. Likely between 80 and 99%." */
export function accuracySentence({
  test,
  imported,
  testedElsewhere,
}: Pick<ModelRecord, 'test' | 'imported' | 'testedElsewhere'>): string {
  if (testedElsewhere && testedElsewhere.count > 0) {
    const right = rightSentence(testedElsewhere);
    return msg(str`Trained on another phone, and tested there: ${right}.`, {
      desc: '“23 of 24 test photos right”',
    });
  }
  if (imported) return msg('Trained elsewhere. It was not tested here.');
  if (!test || test.count === 0) return msg('Not tested: there were no test photos.');
  return `${rightSentence(test)}. ${intervalSentence(test)}`;
}

/** "41 photos to learn from, 9 to check with, 9 to test". */
export function learnedSentence({
  photoIds,
  imported,
}: Pick<ModelRecord, 'photoIds' | 'imported'>): string {
  if (imported) return msg('Trained elsewhere, with photos that are not here');
  const { train, validation, test } = photoIds;
  const photos = photoCount(train.length);
  const [validationPhotos, testPhotos] = [validation, test].map(({ length }) =>
    wholeNumber(length),
  );
  return msg(
    str`${photos} to learn from, ${validationPhotos} to check with, ${testPhotos} to test`,
  );
}

/** How many photos of a model were deleted since the training; undefined if there are none. */
export function deletedPhotosSentence(
  { photoIds }: Pick<ModelRecord, 'photoIds'>,
  photos: ReadonlyMap<string, unknown>,
): string | undefined {
  const ids = [...photoIds.train, ...photoIds.validation, ...photoIds.test];
  const gone = ids.filter((id) => !photos.has(id)).length;
  if (gone === 0) return undefined;
  const n = wholeNumber(gone);
  return plural(gone, {
    one: msg(str`${n} of these photos was deleted since. What it learned stays.`),
    other: msg(str`${n} of these photos were deleted since. What it learned stays.`),
  });
}

/** "Quick, 40 epochs" or "Tutorial, 10 epochs and 10 of fine-tuning". */
export function settingsWords({ hyperparameters }: Pick<ModelRecord, 'hyperparameters'>): string {
  const { preset, fineTuning } = hyperparameters;
  const name = presetName(preset);
  const epochs = epochCount(hyperparameters.epochs);
  if (!fineTuning)
    return msg(str`${name}, ${epochs}`, {
      id: 'preset-and-epochs',
      desc: 'as in “Quick, 40 epochs”',
    });
  const tuningEpochs = wholeNumber(fineTuning.epochs);
  return msg(str`${name}, ${epochs} and ${tuningEpochs} of fine-tuning`, {
    desc: 'as in “Tutorial, 10 epochs and 10 of fine-tuning”',
  });
}

function presetName(preset: string): string {
  switch (preset) {
    case 'quick':
      return msg('Quick');
    case 'tutorial':
      return msg('Tutorial');
    default:
      return capitalised(preset);
  }
}

/** "1.8 s on WebGPU". */
function timeWords({ seconds, backend }: Pick<ModelRecord, 'seconds' | 'backend'>): string {
  const time = duration(seconds);
  const how = BACKENDS[backend] ?? backend;
  return msg(str`${time} on ${how}`, { desc: 'as in “1.8 s on WebGPU”' });
}

const BACKENDS: Readonly<Record<string, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** What the app's own training was like: names and values. */
export function trainingFacts(
  model: Pick<ModelRecord, 'hyperparameters' | 'seconds' | 'backend'>,
): readonly (readonly [string, string])[] {
  return [
    [
      msg('Settings', { id: 'training-settings', desc: 'that a model was trained with' }),
      settingsWords(model),
    ],
    [msg('Time', { id: 'model-time', desc: 'that a training took' }), timeWords(model)],
  ];
}

/** The text of the notice with Undo: which model was deleted, and which one is used now. */
export function deletedSentence({ model, wasActive, successor }: Deletion): string {
  const { name } = model;
  if (!wasActive) return msg(str`${name} deleted.`);
  if (!successor) return msg(str`${name} deleted. No model is left.`);
  const next = successor.name;
  return msg(str`${name} deleted. ${next} is in use now.`);
}

/** What happens when the user chooses a model with another base or input size. */
export function switchSentences(
  model: Pick<ModelRecord, 'name' | 'base'>,
  info: EngineInfo,
): readonly [string, string] {
  const own = baseWords(model, info);
  const now = baseWords(
    { base: { ...info.base, inputSize: info.inputSize, featureSpaceId: '' } },
    info,
  );
  return [
    msg(str`It was trained on ${own}. The app changes to that, from ${now}.`),
    msg(
      'Your photos are prepared again for it, in the background. Models of the base in use now stay, and come back with it.',
    ),
  ];
}
