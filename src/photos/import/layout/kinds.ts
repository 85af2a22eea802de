import { isFiller, isNumber, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

export type Kind = 'cat' | 'dog';

/** In the languages of the app, without accents, as `plain` writes them. */
const WORDS: Readonly<Record<Kind, readonly string[]>> = {
  cat: wordList`
    cat cats kitty kitties kitten kittens feline felines gato gata gatos gatas gatito gatita
    gatitos gatitas قط قطه قطط القط القطه القطط قطتي قططي قطيطه هره هر
  `,
  dog: wordList`
    dog dogs doggy doggie doggies puppy puppies pup pups canine canines perro perra perros
    perras perrito perrita perritos perritas cachorro cachorros كلب كلبه كلاب الكلب الكلبه
    الكلاب كلبي كلابي جرو جراء الجراء
  `,
};
const KINDS = new Map(
  (Object.keys(WORDS) as Kind[]).flatMap((kind) =>
    WORDS[kind].map((word) => [word, kind] as const),
  ),
);

/**
 * Whether a name means cats or dogs, and only these: "Cats 2024" does, "hot dog" and "cats and dogs"
 * do not.
 */
export function kindOf(name: string): Kind | undefined {
  const kinds = new Set(meaningful(name).map((word) => KINDS.get(word)));
  const [kind] = kinds;
  return kinds.size === 1 ? kind : undefined;
}

/** The words of a name without numbers and without words that mean nothing beside others. */
function meaningful(name: string): string[] {
  return wordsOf(name).filter((word) => !isNumber(word) && !isFiller(word));
}
