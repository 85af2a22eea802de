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
const SIDES = new Map(
  (Object.keys(WORDS) as Split[]).flatMap((side) =>
    WORDS[side].map((word) => [word, side] as const),
  ),
);
/** Words beside a side that are no label: "seg_train", "train split". */
const BESIDE = new Set(['seg', 'split', 'partition', 'fold', 'subset', 'single']);

/** A folder's name that names a side of a split, with the words that do not. */
export interface SideName {
  readonly side: Split;
  /** "cats" of "train_cats"; empty for "training_set". */
  readonly rest: string;
}

/** The side that a folder's name names; undefined if it names none, or two. */
export function parseSideName(name: string): SideName | undefined {
  const words = wordsOf(name.replace(/hold[\s_-]out/i, 'holdout'));
  const sides = new Set(words.flatMap((word) => SIDES.get(word) ?? []));
  const [side] = sides;
  if (side === undefined || sides.size > 1) return undefined;
  const rest = words.filter(
    (word) => !SIDES.has(word) && !BESIDE.has(word) && !isNothing(word) && !isNumber(word),
  );
  return { side, rest: rest.join(' ') };
}

/** Of "trainA" and "trainB", the letter is a name. */
const isNothing = (word: string) => isFiller(word) && word.length > 1;

/** The side that a whole name stands for, such as "Validate" or "training_set". */
export function sideOf(name: string): Split | undefined {
  const parsed = parseSideName(name);
  return parsed?.rest === '' ? parsed.side : undefined;
}
