import type { ChosenFile, Elsewhere } from '../found-picture.ts';
import type { ListedFile } from '../layout/lay-out-files.ts';
import { backupElsewhere, modelElsewhere, modelFile } from './elsewhere.ts';
import { isReadModelName, isModelName } from './recognise-file.ts';

/** The tables of a backup; see backup/backup-format.ts, which this room cannot import. */
const LIBRARY = 'library.json';
const FILES = 'files.json';
/** A model.json of a model that the app takes is smaller. */
const MAX_MODEL_JSON_BYTES = 8_000_000;
/** Texts are recognized by their beginning. */
const HEAD_BYTES = 4_096;

export interface SetAside {
  /** The files that may be photos. */
  readonly rest: readonly ListedFile[];
  readonly elsewhere: readonly Elsewhere[];
}

/**
 * Finds backups and models among the files of a listing. They are recognized by their contents, in
 * whatever folder they are.
 *
 * @param filesOf what to hand on of a backup or a model in a folder, such as `a/b/`
 * @param archive the name of the archive that holds them
 */
export async function setAside(
  files: readonly ListedFile[],
  filesOf: (folder: string) => readonly ChosenFile[],
  archive?: string,
): Promise<SetAside> {
  const paths = new Set(files.map(({ path }) => path));
  const elsewhere: Elsewhere[] = [];
  const taken = new Set<string>();
  const backups = files.filter(
    ({ path }) => isNamed(path, LIBRARY) && paths.has(beside(path, FILES)),
  );
  for (const library of backups) {
    if (!isBackupTable(await headOf(library))) continue;
    const folder = folderOf(library.path);
    elsewhere.push(backupElsewhere(archive ?? nameOf(library.path), filesOf(folder)));
    for (const path of paths) if (path.startsWith(folder)) taken.add(path);
  }
  const folders = new Set(
    files.filter(({ path }) => /\.bin$/i.test(path)).map(({ path }) => folderOf(path)),
  );
  for (const json of files) {
    const { path } = json;
    const mayBeModel =
      isNamed(path, 'model.json') || (/\.json$/i.test(path) && folders.has(folderOf(path)));
    if (!mayBeModel || taken.has(path) || json.bytes > MAX_MODEL_JSON_BYTES) continue;
    if (!isModelTable(await headOf(json))) continue;
    const folder = folderOf(path);
    elsewhere.push(modelElsewhere(archive ?? nameOf(path), filesOf(folder)));
    // A project of GenAI-TM has samples beside its model, and their labels in metadata.json.
    const hasSamples = [...paths].some((other) => other.startsWith(`${folder}samples/`));
    for (const other of paths) {
      if (folderOf(other) !== folder || !/\.(json|bin|txt)$/i.test(other)) continue;
      if (!hasSamples || !isNamed(other, 'metadata.json')) taken.add(other);
    }
  }
  let isModelTold = false;
  for (const { path } of files) {
    if (taken.has(path) || !isModelName(path)) continue;
    taken.add(path);
    const isRead = isReadModelName(path);
    // A training leaves many of them, and each would lead to the same place.
    if (isRead && isModelTold) continue;
    elsewhere.push(modelFile(archive ?? path, filesOf(folderOf(path)), isRead));
    isModelTold ||= isRead;
  }
  return { rest: files.filter(({ path }) => !taken.has(path)), elsewhere };
}

/** Whether a text begins like the `library.json` of a backup. */
function isBackupTable(head: string): boolean {
  return /^\s*\{[^{}]*"format"\s*:\s*"purrceptron-backup"/.test(head);
}

/** Whether a text begins like the `model.json` of TensorFlow.js. */
function isModelTable(head: string): boolean {
  return /"(modelTopology|weightsManifest)"\s*:|"format"\s*:\s*"(layers|graph)-model"/.test(head);
}

/** The beginning of a text; empty if it cannot be read. */
async function headOf(file: ListedFile): Promise<string> {
  try {
    return await (await file.read()).slice(0, HEAD_BYTES).text();
  } catch {
    return '';
  }
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
const beside = (path: string, name: string) => folderOf(path) + name;
const isNamed = (path: string, name: string) => path === beside(path, name);

/** The folder of a file, or the file where it is in none. */
const nameOf = (path: string) => path.split('/').at(-2) ?? path;
