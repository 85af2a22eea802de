import { msg, str } from '../../i18n/msg.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';
import type { AddProgress, BaseInspection } from '../../records/base-inspection.ts';

type Row = readonly [name: string, value: string];
type Mode = BaseInspection['mode'];

/** The preprocessing modes, with the names of Keras's `preprocess_input` modes where they exist. */
export const MODE_WORDS: readonly (readonly [Mode, string])[] = [
  ['tf', msg('tf: −1 to 1')],
  ['torch', msg('torch: ImageNet’s mean and deviation')],
  ['caffe', msg('caffe: BGR less ImageNet’s mean')],
  ['0..1', msg('0 to 1')],
  ['0..255', msg('0 to 255, as they are')],
];

/** The facts found in a model, as table rows. */
export function foundRows({ facts, format, bytes, files }: BaseInspection): Row[] {
  return [
    [msg('Architecture'), facts.architecture],
    ...(facts.layers === undefined ? [] : [[msg('Layers'), wholeNumber(facts.layers)] as const]),
    [msg('Parameters'), wholeNumber(facts.parameters)],
    [msg('Features'), wholeNumber(facts.featureLength)],
    [msg('Input'), inputWords(facts.ownSize)],
    [msg('Files'), filesWords(files, bytes)],
    [msg('Fine-tuning'), fineTuning({ format, ...facts })],
  ];
}

function filesWords(files: number, bytes: number): string {
  const [count, size] = [wholeNumber(files), fileSize(bytes)];
  return msg(str`${count}, ${size}`, { id: 'files-and-size', desc: 'files, as in “3, 9 MB”' });
}

function inputWords(ownSize: number | undefined): string {
  if (ownSize === undefined) return msg('any', { desc: 'size of pictures' });
  const side = wholeNumber(ownSize);
  return msg(str`${side} × ${side} pixels`);
}

/** The name of its folder, or its architecture if files were chosen without a folder. */
export function suggestedName({ name, facts }: BaseInspection): string {
  const hasName = name !== 'model' || facts.architecture === 'GraphModel';
  return (hasName ? name : facts.architecture).slice(0, 40);
}

/** Which layers of a base can be fine-tuned, in a few words. */
export function fineTuning({
  format,
  fineTuneFrom,
}: Pick<BaseSpec, 'format' | 'fineTuneFrom'>): string {
  if (fineTuneFrom !== undefined) {
    return msg(str`Any layers from ${fineTuneFrom} on`, { desc: 'the name of a layer' });
  }
  return format === 'graph-model' ? msg('Frozen only: a GraphModel') : msg('Frozen only');
}

/** Which layer gives the features if a classifier was cut off; empty if none was. */
export function cutSentence({ facts: { cutAt } }: BaseInspection): string {
  return cutAt === undefined
    ? ''
    : msg(str`Its classifier is left out: the features are those of ${cutAt}.`, {
        desc: 'the name of a layer',
      });
}

const STAGES: Readonly<Record<AddProgress['stage'], string>> = {
  reading: msg('Reading the files…'),
  checking: msg('Building it and looking whether it works…'),
  computing: msg('Computing golden features in another way, to compare with…'),
  saving: msg('Keeping it on this device…'),
};

/** The current stage of adding a base model. */
export function stageSentence({ stage }: AddProgress): string {
  return STAGES[stage];
}
