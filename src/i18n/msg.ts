/**
 * Every text for the user goes through `msg`: `msg('Try again')`, or msg(str`${name} is damaged.`)
 * with values. The English text is the key. `id` distinguishes texts that are the same in English,
 * but not in other languages; `desc` gives the translator context. Only plain text is allowed,
 * without markup, because workers load the translations too.
 */
export { msg, str } from '@lit/localize';
