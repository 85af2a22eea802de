import { csv } from '../../../photos/export/csv.ts';
import { folderNames, safeName } from '../../../photos/export/folder-names.ts';
import type { ZipContents, EntryToWrite } from '../../../platform/write-zip.ts';
import { answerOf, NOT_SURE, type AnswerRow } from './answer-rows.ts';

/**
 * The table as a file: the name of each picture, the answer (empty where the model is not sure), the
 * probability of each class and the novelty, both with a point as decimal separator.
 */
export function answersCsv(rows: readonly AnswerRow[]): string {
  const classes = new Map(
    rows.flatMap(({ model }) => model.classes.map(({ id, name }) => [id, name] as const)),
  );
  const header = ['filename', 'answer', ...classes.values(), 'novelty'];
  const lines = rows.map(({ picture, top, sure, model, classification }) => {
    const { probabilities, novelty } = classification;
    const byId = new Map(model.classes.map(({ id }, i) => [id, probabilities[i]!]));
    const columns = [...classes.keys()].map((id) => byId.get(id)?.toFixed(4) ?? '');
    return [picture.name, sure ? top.name : '', ...columns, novelty.toFixed(3)];
  });
  return csv([header, ...lines]);
}

/**
 * The pictures as they were chosen, in a folder for each answer, with the table beside them.
 *
 * @param notSure name of the folder for the pictures that the model is not sure about
 */
export function sortedPictures(
  rows: readonly AnswerRow[],
  notSure: string,
): ZipContents<EntryToWrite> {
  const labels = new Map(rows.map((row) => [answerOf(row), row.sure ? row.top.name : notSure]));
  // The real classes first: their folders keep their names.
  const order = [...labels].sort(([a], [b]) => Number(a === NOT_SURE) - Number(b === NOT_SURE));
  const folders = folderNames(order.map(([id, name]) => ({ id, name })));
  const taken = new Set<string>();
  return {
    entries: rows.map((row) => ({
      path: freePath(folders.get(answerOf(row))!, row.picture.name, taken),
      read: () => row.picture.read().catch(() => undefined),
    })),
    texts: () => ({ 'answers.csv': answersCsv(rows) }),
  };
}

/** A path that no other picture of the archive has; pictures of different folders may share a name. */
function freePath(folder: string, name: string, taken: Set<string>): string {
  const file = name.split(/[\\/]/).pop()!;
  const dot = file.lastIndexOf('.');
  const [start, extension] = dot > 0 ? [file.slice(0, dot), file.slice(dot)] : [file, ''];
  const stem = safeName(start);
  let path = `${folder}/${stem}${extension}`;
  for (let n = 2; taken.has(path.toLowerCase()); n++) path = `${folder}/${stem} ${n}${extension}`;
  taken.add(path.toLowerCase());
  return path;
}
