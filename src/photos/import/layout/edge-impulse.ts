import type { FileLabel } from './file-index.ts';
import { parseRecord, recordOf } from './json.ts';
import { splitOf } from './split-words.ts';

/**
 * The labels in a file of an Edge Impulse export: `info.labels` and `bounding_boxes.labels`. A
 * picture with boxes of different labels gets none.
 *
 * @returns no labels if it is no such file
 */
export function edgeImpulseLabels(text: string): FileLabel[] {
  const content = parseRecord(text);
  const files = Array.isArray(content.files) ? content.files.map(recordOf) : [];
  const labels = files.flatMap(labelOf);
  const boxes = Object.entries(recordOf(content.boundingBoxes)).flatMap(([name, list]) => {
    const names = new Set(Array.isArray(list) ? list.map((box) => recordOf(box).label) : []);
    const [label] = names;
    return names.size === 1 && typeof label === 'string' ? [{ name, label }] : [];
  });
  return [...labels, ...boxes];
}

function labelOf({ path, name, category, label }: Record<string, unknown>): FileLabel[] {
  const file = typeof path === 'string' ? path : name;
  const text = typeof label === 'string' ? label : recordOf(label).label;
  if (typeof file !== 'string' || typeof text !== 'string' || text === '') return [];
  const split = typeof category === 'string' ? splitOf(category) : undefined;
  return [{ name: file, label: text, ...(split && { split }) }];
}
