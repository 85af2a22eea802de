import { msg } from '../i18n/msg.ts';
import { parseName } from '../platform/name.ts';

/** Normalizes the name that the user typed for a class. @throws Problem as in `parseName` */
export function parseClassName(typed: string): string {
  return parseName(typed, msg('Give the class a name.'));
}
