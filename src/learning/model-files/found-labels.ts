import type { PreprocessingMode } from '../../records/base-inspection.ts';
import { isObject } from './keras/keras-json.ts';
import { nameOf, type ChosenFile } from './chosen-files.ts';

/** Largest file of labels in bytes; ImageNet's has 30 kB. */
const MAX_BYTES = 1_000_000;
/** Files that contain labels, the most trustworthy first. */
const FILES = [
  /^metadata\.json$/i,
  /^(class|label)[_ -]?(names?|list)?s?\.txt$/i,
  /^(class|label)[_ -]?(es|s|names|indices|index|map)?\.json$/i,
];

/**
 * The class names that lie beside a model, in the order of its outputs: `metadata.json` of Teachable
 * Machine, `labels.txt` with one name a line (`0 Cat` or `Cat`), or a JSON list or index of classes.
 *
 * @param files the files beside the model; others are ignored
 */
export async function findLabels(files: readonly ChosenFile[]): Promise<string[] | undefined> {
  for (const pattern of FILES) {
    for (const file of files) {
      if (!pattern.test(nameOf(file.path)) || file.bytes > MAX_BYTES) continue;
      const bytes = await file.read().catch(() => new Uint8Array());
      const text = new TextDecoder().decode(bytes);
      const labels = file.path.endsWith('.txt') ? labelsInText(text) : labelsInJson(text);
      if (labels) return labels;
    }
  }
  return undefined;
}

/** The preprocessing that the files beside a model state: that of Teachable Machine. */
export async function findMode(
  files: readonly ChosenFile[],
): Promise<PreprocessingMode | undefined> {
  for (const file of files) {
    if (nameOf(file.path) !== 'metadata.json' || file.bytes > MAX_BYTES) continue;
    const bytes = await file.read().catch(() => new Uint8Array());
    const text = new TextDecoder().decode(bytes);
    if (/"packageName"\s*:\s*"@teachablemachine\/image"/.test(text)) return 'tm';
  }
  return undefined;
}

/** Lines `0 Cat`, `1 Dog`, or only names. */
export function labelsInText(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const numbered = lines.map((line) => /^\s*(\d+)[\s:,]+(.+)$/.exec(line));
  const isNumbered = numbered.every((match, i) => match && Number(match[1]) === i);
  const labels = isNumbered ? numbered.map((match) => match![2]!) : lines;
  return labels.length > 0 ? labels.map((label) => label.trim()) : undefined;
}

/** `{"labels": [...]}`, `[...]`, `{"Cat": 0, "Dog": 1}` or `{"0": "Cat", "1": "Dog"}`. */
export function labelsInJson(text: string): string[] | undefined {
  try {
    return labelsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The labels in a JSON value; undefined if it has none. */
export function labelsOf(value: unknown): string[] | undefined {
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
  const labels = pairs.map((_, i) => byIndex.get(i));
  return allTexts(labels);
}
