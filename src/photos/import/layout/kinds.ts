import { remembered } from './remembered.ts';
import { isFiller, isNumber, plain, wordsOf } from './words.ts';
import { wordList } from './word-list.ts';

export type Kind = 'cat' | 'dog';

/** In many languages, in the singular and the plural. Of words with another meaning, none. */
const WORDS: Readonly<Record<Kind, readonly string[]>> = {
  cat: wordList`
    cat cats kitty kitties kitten kittens feline felines felis catus
    gato gata gatos gatas gatito gatita gatitos gatitas gatinho gatinhos gat gats
    قط قطه قطط القط القطه القطط قطتي قططي قطيطه هره هر گربه بلی
    katze katzen kater katzchen chat chats chatte chattes chaton chatons gatto gatta gatti gatte
    gattino gattini kat katten poes poezen kot koty kotow kotek kotki kocka kocky kocur macska macskak
    pisica pisici macka kedi kediler katt katter kissa kissat kass kassid kake
    кот коты кошка кошки котик котики котенок котята кіт коти кішка кішки котка котки мачка мачке
    γατα γατες חתול חתולה חתולים kucing mèo 猫 貓 猫咪 小猫 ねこ ネコ 子猫 고양이 แมว बिल्ली बिल्लियाँ
  `,
  dog: wordList`
    dog dogs doggy doggie doggies puppy puppies pup pups canine canines canis familiaris
    perro perra perros perras perrito perrita perritos perritas cachorro cachorros cao caes gos gossos
    كلب كلبه كلاب الكلب الكلبه الكلاب كلبي كلابي جرو جراء الجراء سگ کتا
    hund hunde hunden hundar hunder welpe welpen chien chiens chienne chiennes chiot chiots
    cane cani cagnolino cagnolini hond honden psy psow piesek pieski kutya kutyak caine caini
    kopek kopekler koira koirat koer koerad
    собака собаки пес псы пси щенок щенки куче кучета
    σκυλος σκυλοι σκυλια כלב כלבה כלבים anjing chó 犬 狗 小狗 いぬ イヌ 子犬 개 강아지 สุนัข หมา कुत्ता कुत्ते
  `,
};
const KINDS = new Map(
  (Object.keys(WORDS) as Kind[]).flatMap((kind) =>
    WORDS[kind].map((word) => [plain(word), kind] as const),
  ),
);

/**
 * Whether a name means cats or dogs, and only these: "Cats 2024" does, "hot dog" and "cats and dogs"
 * do not.
 */
export const kindOf = (name: string): Kind | undefined => kindIn(name) ?? undefined;

const kindIn = remembered((name): Kind | null => {
  const kinds = new Set(meaningful(name).map((word) => KINDS.get(word)));
  const [kind] = kinds;
  return kinds.size === 1 ? (kind ?? null) : null;
});

/** The words of a name without numbers and without words that mean nothing beside others. */
function meaningful(name: string): string[] {
  return wordsOf(name).filter((word) => !isNumber(word) && !isFiller(word));
}
