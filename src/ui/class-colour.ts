/** Custom property of a class's colour, by ClassRecord.palette; see app/theme.css. */
export function classColour(palette: number, shade: '' | '-soft' | '-fill' = ''): string {
  return `var(--class-${palette}${shade})`;
}
