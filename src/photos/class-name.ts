import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';

/** Characters (code points) that a class's name has at most. */
export const LONGEST_NAME = 40;

type ClassNameProblemKind = 'name-missing' | 'name-long' | 'name-characters';

/** Controls, halves of characters, line ends, and what turns the direction of the text around. */
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** What can be seen: a name of joiners and blanks alone could not be. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const sameLetters = new Intl.Collator(undefined, { usage: 'search', sensitivity: 'accent' });

/** What a person typed as the name of a class; see `parseName`. @throws Problem of a ClassNameProblemKind */
export function parseClassName(typed: string): string {
  return parseName(typed, msg('Give the class a name.'));
}

/**
 * A name as a person typed it: trimmed, blanks in a row as one, in Unicode's composed form (NFC), so
 * that the same name is the same string whichever keyboard wrote it.
 *
 * @param whenMissing what to say where nothing that can be seen was typed
 * @throws Problem of a ClassNameProblemKind
 */
export function parseName(typed: string, whenMissing: string): string {
  const trimmed = typed.trim();
  if (REFUSED.test(trimmed)) {
    throw problem(
      'name-characters',
      msg('This name has signs that cannot be shown. Type it anew.'),
    );
  }
  const name = trimmed.normalize('NFC').replace(/\s+/gu, ' ');
  if (!VISIBLE.test(name)) throw problem('name-missing', whenMissing);
  if (Array.from(name).length > LONGEST_NAME) {
    throw problem('name-long', msg(str`A name has at most ${LONGEST_NAME} characters.`));
  }
  return name;
}

/** Whether two names are one to a reader: "Fox" and "FOX" are, "Resume" and "Résumé" are not. */
export function isSameName(a: string, b: string): boolean {
  return sameLetters.compare(a, b) === 0;
}

function problem(kind: ClassNameProblemKind, message: string): Problem<ClassNameProblemKind> {
  return new Problem(kind, message);
}
