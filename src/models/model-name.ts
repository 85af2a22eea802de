import { msg, str } from '../i18n/msg.ts';
import { MAX_NAME_LENGTH, parseName } from '../platform/name.ts';

/**
 * The default name of a new model: "Model 4" if "Model 3" has the highest number. Names in another
 * language do not count.
 *
 * @param names of all models, including deleted ones
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

/** Normalizes the name that the user typed for a model. @throws Problem as in `parseName` */
export function parseModelName(typed: string): string {
  return parseName(typed, msg('Give the model a name.'));
}

/**
 * The default name of a fine-tuned model, such as "Model 3, fine-tuned". A long name is shortened
 * to MAX_NAME_LENGTH in all.
 *
 * @param head name of the head model
 */
export function tunedModelName(head: string): string {
  const shortened = Array.from(head).slice(0, MAX_NAME_LENGTH - Array.from(tunedName('')).length);
  return tunedName(shortened.join('').trimEnd());
}

function tunedName(name: string): string {
  return msg(str`${name}, fine-tuned`, { desc: 'name of a model; at most 40 characters in all' });
}
