/**
 * The rows of a CSV file: separated by commas, semicolons, tabs or bars, whichever the first line
 * has most of, or else by a colon, an equals sign or spaces. Quotes may surround a cell, and `""`
 * within it is a quote. Lines of comment before it are left out, unless the last of them names the
 * columns.
 */
export function parseTable(text: string): string[][] {
  const [separator, source] = beginningOf(text.replace(/^\uFEFF/, ''));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim().replace(/^'([^']*)'$/, '$1'));
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
  };
  for (let i = 0; i < source.length; i++) {
    const letter = source[i]!;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (source[i + 1] === '"') cell += source[i++]!;
      else isQuoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
    } else if (letter === separator) endCell();
    else if (letter === '\n' || letter === '\r') endRow();
    else cell += letter;
  }
  endRow();
  return rows;
}

/** The separator of a table, and its text from the first row on. */
function beginningOf(text: string): [separator: string, rows: string] {
  // Excel writes and reads the separator in a line of its own.
  const [said = '', stated] = /^sep=(.)[^\S\n]*\r?\n/i.exec(text) ?? [];
  if (stated) return [stated, text.slice(said.length)];
  const [comments = ''] = /^(?:[^\S\r\n]*(?:#[^\r\n]*)?\r?\n)*/.exec(text) ?? [];
  const rows = text.slice(comments.length);
  const separator = separatorOf(rows.slice(0, rows.search(/[\r\n]|$/)));
  const width = (line: string) => line.trim().split(separator).length;
  const last = comments
    .trim()
    .split(/[\r\n]+/)
    .at(-1)!
    .replace(/^[#\s]+/, '');
  const isHeader = width(last) > 1 && width(last) === width(rows.split(/[\r\n]/, 1)[0]!);
  return [separator, isHeader ? `${last}\n${rows}` : rows];
}

function separatorOf(line: string): string {
  const counts = [',', ';', '\t', '|'].map((one) => [one, line.split(one).length] as const);
  const [most, parts] = counts.reduce((most, one) => (one[1] > most[1] ? one : most));
  if (parts > 1) return most;
  // "1.jpg: cat" and "1.jpg=cat".
  if (/^[^:]+:\s+[^:]+$/.test(line)) return ':';
  return /^[^=]+=[^=]+$/.test(line) ? '=' : ' ';
}
