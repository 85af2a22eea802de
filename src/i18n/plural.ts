import { intlTag } from './language.ts';

/**
 * The form of a sentence that goes with a number, by the rules of the language that is spoken:
 * English has `one` and `other`, Arabic six. A language takes `other` for each form that a sentence
 * does not have, so its translation must then read well with any number ("Photos: 12").
 */
export function plural(
  count: number,
  forms: { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string },
): string {
  return forms[new Intl.PluralRules(intlTag()).select(count)] ?? forms.other;
}
