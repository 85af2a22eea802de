/**
 * The names in a file that lists classes, in the order of a model's outputs: JSON, or one a line.
 *
 * @param path of the file; one that ends in `.json` holds nothing but JSON
 * @returns undefined if it lists none
 */
export function listedNames(path: string, bytes: Uint8Array): string[] | undefined {
  const text = new TextDecoder().decode(bytes);
  return /\.json$/i.test(path) || /^\s*[[{]/.test(text) ? namesInJson(text) : namesInText(text);
}

/** Lines `0 Cat`, `1 Dog`, or only names. */
export function namesInText(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const numbered = lines.map((line) => /^\s*(\d+)[\s:,]+(.+)$/.exec(line));
  const isNumbered = numbered.every((match, i) => match && Number(match[1]) === i);
  const names = isNumbered ? numbered.map((match) => match![2]!) : lines;
  return names.length > 0 ? names.map((name) => name.trim()) : undefined;
}

/** `{"labels": [...]}`, `[...]`, `{"Cat": 0, "Dog": 1}` or `{"0": "Cat", "1": "Dog"}`. */
export function namesInJson(text: string): string[] | undefined {
  try {
    return namesIn(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The names in a JSON value; undefined if it has none. */
export function namesIn(value: unknown): string[] | undefined {
  if (Array.isArray(value)) return allTexts(value);
  if (!isObject(value)) return undefined;
  for (const key of ['labels', 'classNames', 'class_names', 'classes', 'class_indices']) {
    if (!Object.hasOwn(value, key)) continue;
    const inner = value[key];
    return Array.isArray(inner) ? allTexts(inner) : isObject(inner) ? indexed(inner) : undefined;
  }
  return indexed(value);
}

function allTexts(values: readonly unknown[]): string[] | undefined {
  const texts = values.filter((each) => typeof each === 'string');
  return texts.length > 0 && texts.length === values.length ? texts : undefined;
}

/** An index of classes in either direction, without gaps. */
function indexed(object: Record<string, unknown>): string[] | undefined {
  const pairs = Object.entries(object).map(([key, value]): [unknown, unknown] =>
    typeof value === 'number' ? [value, key] : [Number(key), value],
  );
  const byIndex = new Map(pairs);
  const names = pairs.map((_, i) => byIndex.get(i));
  return allTexts(names);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
