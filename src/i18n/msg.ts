/**
 * Every sentence that a person reads goes through `msg`: `msg('Try again')`, and
 * msg(str`${name} is damaged.`) with values in it. The English text is its own key; `id` tells apart
 * what is the same in English and not elsewhere, `desc` tells a translator what it does not show.
 * Plain text only: markup stands around it, not in it, since a worker loads the translations too.
 */
export { msg, str } from '@lit/localize';
