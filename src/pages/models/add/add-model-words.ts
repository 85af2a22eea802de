import { msg, str } from '../../../i18n/msg.ts';
import { plural } from '../../../i18n/plural.ts';
import { fileSize, wholeNumber } from '../../../ui/phrases.ts';
import { fineTuning } from '../../../widgets/fine-tuning-words.ts';
import type { ClassNames } from './class-name-fields.ts';
import type { AddProgress, BaseInspection } from '../../../records/base-inspection.ts';

type Row = readonly [name: string, value: string];
type Mode = BaseInspection['mode'];

/** The preprocessing modes, with the names of Keras's `preprocess_input` modes where they exist. */
export const MODE_WORDS: readonly (readonly [Mode, string])[] = [
  ['tf', msg('tf: −1 to 1')],
  ['torch', msg('torch: ImageNet’s mean and deviation')],
  ['caffe', msg('caffe: BGR less ImageNet’s mean')],
  ['0..1', msg('0 to 1')],
  ['0..255', msg('0 to 255, as they are')],
  ['tm', msg('Teachable Machine: x / 127 − 1')],
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

/**
 * What becomes of a classifier: a model with its classes, or, if the app can make none of it, a base,
 * and why. Empty for a model without a classifier.
 */
export function classifierSentence({ classifier, fault, facts }: BaseInspection): string {
  if (classifier) {
    const n = wholeNumber(classifier.classes);
    return plural(classifier.classes, {
      one: '',
      other: msg(
        str`It tells ${n} classes apart. Live uses it at once, and photos that you add teach it more.`,
      ),
    });
  }
  const count = fault && 'count' in fault ? wholeNumber(fault.count) : '';
  const [most, features] = [wholeNumber(8), wholeNumber(4096)];
  switch (fault?.kind) {
    case 'classes':
      return msg(
        str`It tells ${count} classes apart; the app takes up to ${most}. So its classifier is left out, and the rest becomes a base.`,
        { desc: 'two numbers' },
      );
    case 'features':
      return msg(
        str`Its classifier reads ${count} numbers; the app takes up to ${features}. So it is left out, and the rest becomes a base.`,
        { desc: 'two numbers' },
      );
    case 'form':
      return msg(
        'Its last layers are no classifier that the app knows. They are left out, and the rest becomes a base.',
      );
    case undefined:
      return facts.cutAt === undefined ? '' : cutSentence(facts.cutAt);
  }
}

/** What the names of the classes are where the files state none, or not one for each class. */
export function namesSentence(
  { classes, namesInstead }: NonNullable<BaseInspection['classifier']>,
  from: ClassNames['from'],
): string {
  const [names, count] = [wholeNumber(namesInstead ?? 0), wholeNumber(classes)];
  const why =
    namesInstead === undefined
      ? msg('The files do not name them.')
      : msg(str`The files list ${names} names for ${count} classes, so they are not used.`, {
          desc: 'two numbers',
        });
  const what =
    from === 'library'
      ? msg(
          'These are the names of your classes in alphabetical order, as Keras sorts folders. If Live then mixes them up, add it again with the names in another order.',
        )
      : msg('Name them in the order in which it was trained. Keras sorts folders by alphabet.');
  return `${why} ${what}`;
}

/** Which layer gives the features of a base whose classifier is left out. */
function cutSentence(cutAt: string): string {
  return msg(str`Its classifier is left out: the features are those of ${cutAt}.`, {
    desc: 'the name of a layer',
  });
}

const STAGES: Readonly<Record<AddProgress['stage'], string>> = {
  reading: msg('Reading the files…'),
  checking: msg('Building it and looking whether it works…'),
  computing: msg('Computing golden features in another way, to compare with…'),
  saving: msg('Keeping it on this device…'),
};

/** The current stage of adding a model. */
export function stageSentence({ stage }: AddProgress): string {
  return STAGES[stage];
}
