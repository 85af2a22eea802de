/** Names of files that list the names of classes, one a line. */
const LIST =
  /(^|[\\/])((class|classes|labels?|categories|class[-_ ]?(names?|labels?|list))\.txt|[^\\/]+\.names)$/i;

/**
 * The names of classes that a file lists by their numbers: the lines of `classes.txt`, or `names` of
 * `data.yaml`, of `data.toml` and of the head of a `README.md`.
 *
 * @returns no names if it is no such file
 */
export function classNames(path: string, text: string): readonly string[] {
  if (LIST.test(path)) return lineNames(text);
  return /\.(ya?ml|toml|md)$/i.test(path) ? yamlNames(text) : [];
}

function lineNames(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim());
  // `labels.txt` of Teachable Machine: "0 Cat".
  const isNumbered = lines.every((line, index) => line.startsWith(`${index} `));
  const names = isNumbered ? lines.map((line) => line.replace(/^\d+\s+/, '')) : lines;
  const isFiles = names.some((name) => /\.\w{2,5}(\s|,|;|$)/.test(name));
  return isFiles ? [] : names;
}

function yamlNames(whole: string): string[] {
  // A comment begins after a space.
  const text = whole.replace(/(^|[^\S\n])#[^\n]*/gm, '$1');
  const inLine = /^[^\S\n]*names(?::|[^\S\n]*=)\s*[[{]([^\]}]*)[\]}]/m.exec(text)?.[1];
  const inBlock =
    /^[^\S\n]*names:[^\S\n]*\r?\n((?:[^\S\n]*(?:-|['"]?\d+['"]?:)[^\n]*(?:\n|$))+)/m.exec(
      text,
    )?.[1];
  const items = inLine?.split(',') ?? inBlock?.trim().split(/\r?\n/) ?? [];
  const told = items.filter((item) => item.trim() !== '');
  return told.map((item) =>
    item
      .replace(/^\s*(?:-|['"]?\d+['"]?:)\s*/, '')
      .trim()
      .replace(/^(['"])(.*)\1$/, '$2'),
  );
}
