import type { Kind } from './layout/kinds.ts';
import { wordsOf } from './layout/words.ts';

/** Last words that only breeds of this kind have: "British Shorthair", "Airedale terrier". */
const LAST_WORDS: Readonly<Record<Kind, string>> = {
  cat: 'shorthair longhair',
  dog:
    'bloodhound bulldog bullterrier collie coonhound corgi dachshund deerhound elkhound foxhound greyhound hound ' +
    'mastiff otterhound pinscher poodle retriever ridgeback schnauzer setter sheepdog spaniel terrier wolfhound',
};
/** Other breeds, among them those of the Oxford-IIIT pets and of the Stanford dogs. */
const NAMES: Readonly<Record<Kind, string>> = {
  cat:
    'abyssinian, balinese, bengal, birman, bombay, burmese, chartreux, egyptian mau, maine coon, ' +
    'norwegian forest, persian, ragdoll, russian blue, siamese, siberian cat, sphynx, tabby, tiger cat, ' +
    'turkish angora, turkish van',
  dog:
    'affenpinscher, akita, basenji, basset, beagle, bernese mountain dog, bluetick, borzoi, ' +
    'bouvier des flandres, boxer, briard, chihuahua, chow, clumber, cocker, dalmatian, dhole, dingo, doberman, ' +
    'entlebucher, eskimo dog, french bulldog, german shepherd, german shorthaired, german short haired pointer, ' +
    'great dane, great pyrenees, groenendael, havanese, husky, siberian husky, japanese chin, keeshond, kelpie, ' +
    'komondor, kuvasz, leonberg, leonberger, lhasa, malamute, malinois, maltese dog, newfoundland, papillon, ' +
    'pekinese, pekingese, pembroke, pomeranian, pug, redbone, rottweiler, saint bernard, saluki, samoyed, ' +
    'schipperke, shiba inu, shih tzu, sussex, vizsla, weimaraner, whippet',
};

/** Whether a name is a breed that certainly is of cats, or of dogs; undefined for any other name. */
export function breedKind(name: string): Kind | undefined {
  const words = wordsOf(name);
  const whole = words.join(' ');
  const kinds: readonly Kind[] = ['cat', 'dog'];
  return kinds.find(
    (kind) =>
      NAMES[kind].split(', ').includes(whole) ||
      LAST_WORDS[kind].split(' ').includes(words.at(-1) ?? ''),
  );
}
