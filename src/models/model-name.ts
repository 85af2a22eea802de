import { msg, str } from '../i18n/msg.ts';
import { LONGEST_NAME, parseName } from '../platform/name.ts';

/**
 * "Model 4" where "Model 3" has the highest number of the names, those of deleted models among them;
 * the numbers of each language count on their own.
 */
export function nextModelName(names: readonly string[]): string {
  const numbers = names.map((name) => {
    const digits = /\d+/.exec(name)?.[0];
    return digits !== undefined && name === numberedName(digits) ? Number(digits) : 0;
  });
  return numberedName(String(Math.max(0, ...numbers) + 1));
}

function numberedName(digits: string): string {
  return msg(str`Model ${digits}`, { desc: 'name of a model, as in “Model 3”' });
}

/** What a person typed as the name of a model. @throws Problem as `parseName` */
export function parseModelName(typed: string): string {
  return parseName(typed, msg('Give the model a name.'));
}

/** "Model 3, fine-tuned"; a long name gives way to the addition. */
export function tunedModelName(head: string): string {
  const kept = Array.from(head).slice(0, LONGEST_NAME - Array.from(tunedName('')).length);
  return tunedName(kept.join('').trimEnd());
}

function tunedName(name: string): string {
  return msg(str`${name}, fine-tuned`, { desc: 'name of a model; at most 40 characters in all' });
}
