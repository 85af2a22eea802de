/**
 * The CSS `var()` of a class's colour, defined in app/theme.css.
 *
 * @param palette `ClassRecord.palette`
 * @param shade `-soft` for a background behind text, `-fill` for a surface under light text
 */
export function classColour(palette: number, shade: '' | '-soft' | '-fill' = ''): string {
  return `var(--class-${palette}${shade})`;
}
