import { intlTag } from './language.ts';

/**
 * Selects the plural form for a number by the rules of the current language: English has `one` and
 * `other`, Arabic has six forms. `other` replaces a form that is not given, so its translation must
 * then read well with any number ("Photos: 12").
 *
 * @param forms localized texts by plural category
 */
export function plural(
  count: number,
  forms: { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string },
): string {
  return forms[new Intl.PluralRules(intlTag()).select(count)] ?? forms.other;
}
