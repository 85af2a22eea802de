import { msg, str } from '../i18n/msg.ts';
import { isSameName } from '../platform/name.ts';
import { Problem } from '../platform/problem.ts';
import type { ClassRecord } from '../records/class.ts';
import { announce } from '../storage/changes.ts';
import { write } from '../storage/database.ts';
import { MOST_CLASSES } from './class-limits.ts';
import { parseClassName } from './class-name.ts';
import { isUntouched, openClasses } from './class-store.ts';
import { withFreeOrderAndColour } from './free-class.ts';
import { matchClasses } from './import/match-class.ts';
import { isNewLibrary } from './unused-classes.ts';

/**
 * Valid names for the classes of a model that comes in.
 *
 * @throws Problem of a NameProblemKind, or `taken` when two of them are the same
 */
export function parseClassNames(typed: readonly string[]): string[] {
  const names = typed.map(parseClassName);
  const twice = names.find((name, i) => names.slice(0, i).some((each) => isSameName(each, name)));
  if (twice === undefined) return names;
  throw new Problem(
    'taken',
    msg(str`Two classes are called ${twice}. Give each a name of its own.`),
  );
}

/**
 * The classes that a model tells apart, in its order, as classes of the library: those that mean the
 * same are used, the others are added. In a library in which nothing was ever done, they take the place
 * of Cat and Dog.
 *
 * @param names from `parseClassNames`
 * @param palettes the colours that added classes get where they are free, as `ClassRecord.palette`
 * @throws Problem `too-many` when the library would have more classes than it can; nothing is added
 *   then
 */
export async function adoptClasses(
  names: readonly string[],
  palettes: readonly number[] = [],
): Promise<ClassRecord[]> {
  const adopted = await write(
    ['classes', 'photos', 'deletedPhotos', 'models'],
    async (transaction): Promise<ClassRecord[]> => {
      const store = transaction.objectStore('classes');
      let library = await openClasses(store);
      // Two names can mean one class, such as “kitten” and “gato”; the second one becomes a new class.
      const matches = matchClasses(names, library).map((match, i, all) =>
        all.indexOf(match) === i ? match : undefined,
      );
      if (await isNewLibrary(transaction)) {
        const leaving = library.filter((one) => isUntouched(one) && !matches.includes(one));
        library = library.filter((one) => !leaving.includes(one));
        await Promise.all(leaving.map(({ id }) => store.delete(id)));
      }
      const missing = matches.filter((match) => !match).length;
      if (library.length + missing > MOST_CLASSES) throw tooMany(library.length, names.length);
      const result: ClassRecord[] = [];
      for (const [i, name] of names.entries()) {
        const match = matches[i];
        const id = crypto.randomUUID();
        const record =
          match ??
          withFreeOrderAndColour({ id, name, order: -1, palette: palettes[i] ?? -1 }, library);
        if (!match) {
          library = [...library, record];
          await store.put(record);
        }
        result.push(record);
      }
      return result;
    },
  );
  announce('classes');
  return adopted;
}

function tooMany(here: number, coming: number): Problem {
  return new Problem(
    'too-many',
    msg(
      str`There are ${here} classes here and ${coming} in this model; there can be ${MOST_CLASSES} at most. Remove some in Settings, or give them the names of classes that you have.`,
      { desc: 'three numbers' },
    ),
  );
}
