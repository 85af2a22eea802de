import type { AddProgress, BaseInspection } from '../../learning/base-service.ts';
import type { BaseSpec } from '../../learning/base/spec.ts';
import { fileSize, wholeNumber } from '../../ui/phrases.ts';

type Row = readonly [name: string, value: string];
type Mode = BaseInspection['mode'];

/** How pictures are prepared, in Keras's words where it has one. */
export const MODE_WORDS: readonly (readonly [Mode, string])[] = [
  ['tf', 'tf: −1 to 1'],
  ['torch', 'torch: ImageNet’s mean and deviation'],
  ['caffe', 'caffe: BGR less ImageNet’s mean'],
  ['0..1', '0 to 1'],
  ['0..255', '0 to 255, as they are'],
];

/** What was found in a model, in rows. */
export function foundRows({ facts, format, bytes, files }: BaseInspection): Row[] {
  const size = facts.ownSize === undefined ? 'any' : `${facts.ownSize} × ${facts.ownSize} pixels`;
  return [
    ['Architecture', facts.architecture],
    ...(facts.layers === undefined ? [] : [['Layers', wholeNumber(facts.layers)] as const]),
    ['Parameters', wholeNumber(facts.parameters)],
    ['Features', wholeNumber(facts.featureLength)],
    ['Input', size],
    ['Files', `${wholeNumber(files)}, ${fileSize(bytes)}`],
    ['Fine-tuning', fineTuning({ format, ...facts })],
  ];
}

/** Of its folder, unless that says nothing: files that were chosen one by one have none. */
export function suggestedName({ name, facts }: BaseInspection): string {
  const says = name !== 'model' || facts.architecture === 'GraphModel';
  return (says ? name : facts.architecture).slice(0, 40);
}

/** What of a base can be fine-tuned, in a few words. */
export function fineTuning({
  format,
  fineTuneFrom,
}: Pick<BaseSpec, 'format' | 'fineTuneFrom'>): string {
  if (fineTuneFrom !== undefined) return `Any layers from ${fineTuneFrom} on`;
  return format === 'graph-model' ? 'Frozen only: a GraphModel' : 'Frozen only';
}

/** What the answer of a classifier is to a base: nothing. */
export function cutSentence({ facts: { cutAt } }: BaseInspection): string {
  return cutAt === undefined
    ? ''
    : `Its classifier is left out: the features are those of ${cutAt}.`;
}

const STAGES: Readonly<Record<AddProgress['stage'], string>> = {
  reading: 'Reading the files…',
  checking: 'Building it and looking whether it works…',
  computing: 'Computing golden features in another way, to compare with…',
  saving: 'Keeping it on this device…',
};

export function stageSentence({ stage }: AddProgress): string {
  return STAGES[stage];
}
