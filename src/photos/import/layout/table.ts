/**
 * The rows of a CSV file: separated by commas, semicolons, tabs or bars, whichever the first line
 * has most of, or else by spaces. Quotes may surround a cell, and `""` within it is a quote.
 */
export function parseTable(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source.slice(0, source.search(/[\r\n]|$/)));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.trim());
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

function separatorOf(line: string): string {
  const counts = [',', ';', '\t', '|'].map((one) => [one, line.split(one).length] as const);
  const [most, parts] = counts.reduce((most, one) => (one[1] > most[1] ? one : most));
  return parts === 1 ? ' ' : most;
}
