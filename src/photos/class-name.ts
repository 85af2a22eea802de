import { msg } from '../i18n/msg.ts';
import { parseName } from '../platform/name.ts';

/** Parses what a person typed as the name of a class. @throws Problem of a NameProblemKind, see `parseName` */
export function parseClassName(typed: string): string {
  return parseName(typed, msg('Give the class a name.'));
}
