import { msg, str } from '../i18n/msg.ts';
import { Problem } from './problem.ts';

/** The maximum length of the name of a class or a model, in code points. */
export const MAX_NAME_LENGTH = 40;

type NameProblemKind = 'name-missing' | 'name-long' | 'name-characters';

/**
 * Control characters, lone surrogates, line separators and characters that change text direction.
 */
const REFUSED = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** A name needs at least one visible character: joiners and spaces alone are invisible. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const sameLetters = new Intl.Collator(undefined, { usage: 'search', sensitivity: 'accent' });

/**
 * Normalizes a name that the user typed: it is trimmed, successive white space becomes one space,
 * and the text is in Unicode's composed form (NFC), so that the same name is the same string
 * whichever keyboard wrote it.
 *
 * @param whenMissing message of the Problem where no visible character was typed
 * @throws Problem of a NameProblemKind
 */
export function parseName(typed: string, whenMissing: string): string {
  const trimmed = typed.trim();
  if (REFUSED.test(trimmed)) {
    throw problem(
      'name-characters',
      msg('This name has characters that cannot be shown. Type it again.'),
    );
  }
  const name = trimmed.normalize('NFC').replace(/\s+/gu, ' ');
  if (!VISIBLE.test(name)) throw problem('name-missing', whenMissing);
  if (Array.from(name).length > MAX_NAME_LENGTH) {
    throw problem('name-long', msg(str`A name has at most ${MAX_NAME_LENGTH} characters.`));
  }
  return name;
}

/**
 * Whether two names look the same to a reader: "Fox" and "FOX" do, "Resume" and "Résumé" do not.
 */
export function isSameName(a: string, b: string): boolean {
  return sameLetters.compare(a, b) === 0;
}

function problem(kind: NameProblemKind, message: string): Problem<NameProblemKind> {
  return new Problem(kind, message);
}
