/**
 * A table as RFC 4180 describes it: fields with a comma, a quotation mark or a line break are quoted.
 *
 * @param rows the first one names the columns
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
