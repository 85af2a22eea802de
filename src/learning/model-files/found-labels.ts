import { listedNames } from '../../platform/listed-names.ts';
import type { PreprocessingMode } from '../../records/base-inspection.ts';
import { nameOf, type ChosenFile } from './chosen-files.ts';

/** Largest file of labels in bytes; ImageNet's has 30 kB. */
const MAX_BYTES = 1_000_000;
/** What a file that lists classes is called; a browser adds a number to a second one. */
const LISTS =
  /^(model|my)?[_ -]?(class(es)?|labels?|names?|categor(y|ies))[_ -]?(names?|labels?|list|map|ind(ex|ices))?( ?\(\d+\))?\.(txt|json)$/i;
const METADATA = /^metadata( ?\(\d+\))?\.json$/i;
/** Files that contain labels, the most trustworthy first. */
const FILES = [METADATA, LISTS];

/**
 * The class names that lie beside a model, in the order of its outputs: `metadata.json` of Teachable
 * Machine, `labels.txt` with one name a line (`0 Cat` or `Cat`), or a JSON list or index of classes.
 *
 * @param files the files beside the model; others are ignored
 * @returns what each such file states, the most trustworthy first
 */
export async function findLabels(files: readonly ChosenFile[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const pattern of FILES) {
    for (const file of files) {
      const name = nameOf(file.path);
      if (!pattern.test(name) || file.bytes > MAX_BYTES) continue;
      const labels = listedNames(name, await file.read().catch(() => new Uint8Array()));
      if (labels) found.push(labels);
    }
  }
  return found;
}

/** The preprocessing that the files beside a model state: that of Teachable Machine. */
export async function findMode(
  files: readonly ChosenFile[],
): Promise<PreprocessingMode | undefined> {
  for (const file of files) {
    if (!METADATA.test(nameOf(file.path)) || file.bytes > MAX_BYTES) continue;
    const bytes = await file.read().catch(() => new Uint8Array());
    const text = new TextDecoder().decode(bytes);
    if (/"packageName"\s*:\s*"@teachablemachine\/image"/.test(text)) return 'tm';
  }
  return undefined;
}
