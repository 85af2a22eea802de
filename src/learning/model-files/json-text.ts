import { msg, str } from '../../i18n/msg.ts';
import { jsonShape } from '../../platform/json-shape.ts';
import { Problem } from '../../platform/problem.ts';
import { LIMITS } from './limits.ts';

/**
 * Parses a JSON file of a model from an untrusted source.
 *
 * @param file its name for messages, such as `model.json`
 * @param what name of the model for messages
 * @throws Problem `base` when it is too large, nested too deeply, no JSON, or names a prototype
 */
export function parseModelText(bytes: Uint8Array, file: string, what: string): unknown {
  if (bytes.length > LIMITS.modelJson) {
    throw new Problem(
      'base',
      msg(str`The ${file} of ${what} is larger than any model’s should be.`),
    );
  }
  if (jsonShape(bytes).depth > LIMITS.depth) {
    throw new Problem(
      'base',
      msg(str`The ${file} of ${what} is nested deeper than any model’s should be.`),
    );
  }
  const text = new TextDecoder().decode(bytes);
  if (text.includes('"__proto__"')) {
    throw new Problem('base', msg(str`The ${file} of ${what} holds a name that no model has.`));
  }
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Problem('base', msg(str`The ${file} of ${what} is no JSON.`), { cause: thrown });
  }
}
