import type { Split } from '../../../records/photo.ts';
import { isFiller, isNumber, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

const WORDS: Readonly<Record<Split, readonly string[]>> = {
  train: wordList`train training trainset entrainement trainval entrenamiento entrenar entreno تدريب التدريب للتدريب`,
  validation: wordList`
    val valid validierung validate validation validating valset dev development validacion validar تحقق
    التحقق للتحقق
  `,
  test: wordList`
    test testing tests testset eval evaluation evaluate holdout pred predict prediction prueba
    pruebas evaluacion probar اختبار الاختبار للاختبار
  `,
};
const SPLIT_OF_WORD = new Map(
  (Object.keys(WORDS) as Split[]).flatMap((split) =>
    WORDS[split].map((word) => [word, split] as const),
  ),
);
/** Words beside a split that are no label: "seg_train", "train split". */
const BESIDE = new Set(['seg', 'split', 'partition', 'fold', 'subset', 'single']);

/** A folder's name that names a split, with the words that do not. */
export interface SplitName {
  readonly split: Split;
  /** "cats" of "train_cats"; empty for "training_set". */
  readonly rest: string;
}

/** The split that a folder's name names; undefined if it names none, or two. */
export function parseSplitName(name: string): SplitName | undefined {
  const words = wordsOf(name.replace(/hold[\s_-]out/i, 'holdout'));
  const splits = new Set(words.flatMap((word) => SPLIT_OF_WORD.get(word) ?? []));
  const [split] = splits;
  if (split === undefined || splits.size > 1) return undefined;
  const rest = words.filter(
    (word) => !SPLIT_OF_WORD.has(word) && !BESIDE.has(word) && !isNothing(word) && !isNumber(word),
  );
  return { split, rest: rest.join(' ') };
}

/** Of "trainA" and "trainB", the letter is a name. */
const isNothing = (word: string) => isFiller(word) && word.length > 1;

/** The split that a whole name stands for, such as "Validate" or "training_set". */
export function splitOf(name: string): Split | undefined {
  const parsed = parseSplitName(name);
  return parsed?.rest === '' ? parsed.split : undefined;
}
