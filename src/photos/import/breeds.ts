import type { Kind } from './layout/kinds.ts';
import { wordList } from './layout/word-list.ts';
import { wordsOf } from './layout/words.ts';

/** Last words that only breeds of this kind have: "British Shorthair", "Airedale terrier". */
const LAST_WORDS: Readonly<Record<Kind, readonly string[]>> = {
  cat: wordList`shorthair longhair`,
  dog: wordList`
    bloodhound bulldog bullterrier collie coonhound corgi dachshund deerhound elkhound foxhound
    greyhound hound mastiff otterhound pinscher poodle retriever ridgeback schnauzer setter
    sheepdog spaniel terrier wolfhound
  `,
};
/** Other breeds, among them those of the Oxford-IIIT pets and of the Stanford dogs. */
const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  cat: wordList`
    abyssinian balinese bengal birman bombay burmese chartreux egyptian_mau maine_coon
    norwegian_forest persian ragdoll russian_blue siamese siberian_cat sphynx tabby tiger_cat
    turkish_angora turkish_van
  `,
  dog: wordList`
    affenpinscher akita basenji basset beagle bernese_mountain_dog bluetick borzoi
    bouvier_des_flandres boxer briard chihuahua chow clumber cocker dalmatian dhole dingo
    doberman entlebucher eskimo_dog french_bulldog german_shepherd german_shorthaired
    german_short_haired_pointer great_dane great_pyrenees groenendael havanese husky
    siberian_husky japanese_chin keeshond kelpie komondor kuvasz leonberg leonberger lhasa
    malamute malinois maltese_dog newfoundland papillon pekinese pekingese pembroke pomeranian
    pug redbone rottweiler saint_bernard saluki samoyed schipperke shiba_inu shih_tzu sussex
    vizsla weimaraner whippet
  `,
};

/** Whether a name is a breed that certainly is of cats, or of dogs; undefined for any other name. */
export function breedKind(name: string): Kind | undefined {
  const words = wordsOf(name);
  const whole = words.join('_');
  const kinds: readonly Kind[] = ['cat', 'dog'];
  return kinds.find(
    (kind) => NAMES[kind].includes(whole) || LAST_WORDS[kind].includes(words.at(-1) ?? ''),
  );
}
