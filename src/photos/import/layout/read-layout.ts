import type { Split } from '../../../records/photo.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { mapInSteps, type Steps } from '../../../platform/in-steps.ts';
import { namesOfCodes } from './code-names.ts';
import { withoutCommonWords } from './common-words.ts';
import { fileRoles, type FileRole } from './file-roles.ts';
import { folderLabels, type FolderMeaning } from './folder-labels.ts';
import { kindOf, type Kind } from './kinds.ts';
import { listedLabels } from './listed-labels.ts';
import { nameLabels } from './name-labels.ts';
import { readProject } from './projects.ts';
import { listedSplits } from './split-lists.ts';
import { isCode, plain } from './words.ts';

/** What one file of a listing is, and what the layout of the whole says about it. */
interface LaidFile {
  readonly role: FileRole;
  readonly label?: string;
  /** The split that its data set puts it in. */
  readonly split?: Split;
}

/** The fraction of all pictures that is nearly all. */
const MOST = 0.8;

/** One entry per path. */
export type Layout = readonly LaidFile[];

/** Whether the contents of a file are wanted: it may be a list of labels. */
export function isLabelFile(path: string): boolean {
  return /(\.(csv|tsv|labels?)|(^|[\\/])(manifest|metadata)\.json)$/i.test(path);
}

/** Facts that a camera or a cloud puts beside each photo: "IMG_1.jpg.supplemental-metadata.json". */
const BESIDE_PHOTO = /\.(jpe?g|png|webp|gif|hei[cf]|mp4|mov)\.[^\\/]*json$/i;

/** Supervisely puts the labels of "img/1.jpg" into "ann/1.jpg.json". */
const IN_ANNOTATIONS = /(^|[\\/])ann[\\/][^\\/]+$/i;
const LIST =
  /(\.(json|jsonl|ndjson|manifest|xml|txt|cls|lst|ya?ml|toml|names)|(^|[\\/])readme\.md)$/i;

/**
 * Whether the contents of a file are wanted where nothing else gives labels: it may be a list of
 * labels, or describe one picture.
 */
export function isAnnotationFile(path: string): boolean {
  const isList = LIST.test(path);
  return isList && !isLabelFile(path) && (!BESIDE_PHOTO.test(path) || IN_ANNOTATIONS.test(path));
}

/**
 * Whether a layout leaves open what its pictures show: they have no labels, all the same, or codes
 * instead.
 */
export function lacksLabels(layout: Layout): boolean {
  const labels = [...distinct(layout.map(({ label }) => label))];
  const [only = '', ...others] = labels;
  return (others.length === 0 && kindOf(only) === undefined) || labels.every(isCode);
}

/**
 * Decides from a whole listing which label each picture has, which split the set itself puts it in,
 * and which files are no pictures. Folders give labels; where they do not, a list of labels does, and
 * otherwise the names of the files. Folders give splits too; where they do not, lists do.
 *
 * @param paths as chosen, in a folder or in an archive, separated by `/` or `\`
 * @param texts contents, by path, of those that `isLabelFile`, `isAnnotationFile` and `isSplitList`
 *   name
 * @throws Problem `archive` for a Teachable Machine project of sounds or poses
 */
export function* readLayout(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): Steps<Layout> {
  const roles = yield* fileRoles(paths);
  const project = readProject(paths, texts);
  if (project) {
    return paths.map((path, index): LaidFile => {
      const label = project(path);
      const role = roles[index] === 'other' ? 'companion' : roles[index]!;
      return { role, ...(label !== undefined && { label }) };
    });
  }
  const pictures = [...paths.keys()].filter((i) => roles[i] === 'picture' || roles[i] === 'film');
  const meanings = yield* labelsOf(paths, pictures, texts);
  const labels = new Set(Array.from(meanings.values(), ({ label = '' }) => label));
  yield;
  const names = new Map([
    ...namesOfCodes(new Set([...labels].filter(isCode)), texts),
    ...withoutCommonWords(labels),
  ]);
  for (const [picture, meaning] of meanings) {
    const label = names.get(meaning.label ?? '');
    if (label !== undefined) meanings.set(picture, { ...meaning, label });
  }
  if (![...meanings.values()].some(({ split }) => split)) {
    for (const [picture, split] of yield* listedSplits(paths, pictures, texts)) {
      meanings.set(picture, { ...meanings.get(picture), split });
    }
  }
  return roles.map((role, index) => ({ role, ...meanings.get(index) }));
}

/** Labels and splits by the index of the picture. */
function* labelsOf(
  paths: readonly string[],
  pictures: readonly number[],
  texts: ReadonlyMap<string, string>,
): Steps<Map<number, FolderMeaning>> {
  const folders = yield* meaningsOfFolders(pictures.map((index) => paths[index]!));
  const ofFolders = distinct(folders.map(({ label }) => label));
  const files = yield* mapInSteps(pictures, (index) => {
    const parts = pathParts(paths[index]!);
    return { name: parts.pop() ?? '', folder: parts.join('/') };
  });
  const names = yield* nameLabels(files);
  const listed = yield* listedLabels(paths, pictures, texts);
  const ofLists = distinct(Array.from(listed.values(), ({ label }) => label));
  const wins = (kinds: ReadonlySet<string>) => kinds.size > 1 || ofFolders.size === 0;
  const isFolders =
    ofFolders.size > 1 &&
    !foldersMixKinds(folders, names) &&
    !listsTellKinds(ofFolders, pictures, listed);
  const ofNames = distinct(names);
  // "Abyssinian_1" says more than the number of its class.
  const areCodes = ofNames.size > 1 && [...ofLists].every(isCode);
  const [only = ''] = ofFolders;
  yield;
  return new Map(
    yield* mapInSteps(pictures, (picture, index): [number, FolderMeaning] => {
      const { label, ...ofPath } = folders[index]!;
      const listedSplit = listed.get(picture)?.split;
      const split = { ...(listedSplit && { split: listedSplit }), ...ofPath };
      const name = names[index];
      // Beside folders of classes, a loose file's own name may say what it shows.
      const ofFolder = label ?? (kindOf(name ?? '') ? name : undefined);
      if (isFolders || (ofLists.size === 0 && ofNames.size === 0)) {
        // Of a split without folders of classes, a list may say which of these is meant.
        const ofList = listed.get(picture)?.label;
        const isMeant = ofList !== undefined && ofFolders.has(plain(ofList));
        const own = ofFolder ?? (isMeant ? ofList : undefined);
        return [picture, { ...split, ...(own !== undefined && { label: own }) }];
      }
      if (ofLists.size > 0 && wins(ofLists) && !areCodes) {
        return [picture, { ...split, ...listed.get(picture) }];
      }
      const isNames = wins(ofNames) && !kindOf(only);
      const chosen = isNames ? name : ofFolder;
      return [picture, { ...split, ...(chosen !== undefined && { label: chosen }) }];
    }),
  );
}

/** What the folder of each path means. */
function* meaningsOfFolders(paths: readonly string[]): Steps<FolderMeaning[]> {
  const folders = new Map<string, { parts: string[]; count: number }>();
  const keys = yield* mapInSteps(paths, (path) => {
    const parts = pathParts(path).slice(0, -1);
    const key = parts.join('/');
    const folder = folders.get(key) ?? { parts, count: 0 };
    folder.count++;
    folders.set(key, folder);
    return key;
  });
  yield;
  const meanings = folderLabels([...folders.values()]);
  const byKey = new Map([...folders.keys()].map((key, index) => [key, meanings[index]!]));
  return keys.map((key) => byKey.get(key)!);
}

/** Whether the folders are such as "part 1", and one of them holds files named as cats and as dogs. */
function foldersMixKinds(
  folders: readonly FolderMeaning[],
  names: readonly (string | undefined)[],
): boolean {
  const kinds = new Map<string, Set<Kind>>();
  folders.forEach(({ label = '' }, index) => {
    const kind = kindOf(names[index] ?? '');
    const found = kinds.get(label) ?? new Set();
    kinds.set(label, kind ? found.add(kind) : found);
  });
  const labels = [...kinds.keys()];
  return !labels.some(kindOf) && labels.some((label) => kinds.get(label)!.size > 1);
}

/** Whether lists name cats or dogs among nearly all pictures, and the folders do not. */
function listsTellKinds(
  ofFolders: ReadonlySet<string>,
  pictures: readonly number[],
  listed: ReadonlyMap<number, { readonly label: string }>,
): boolean {
  const isOfKinds = [...listed.values()].some(({ label }) => kindOf(label));
  return isOfKinds && listed.size >= MOST * pictures.length && ![...ofFolders].some(kindOf);
}

function distinct(labels: readonly (string | undefined)[]): Set<string> {
  const different = new Set(labels);
  different.delete(undefined);
  return new Set(Array.from(different as Set<string>, plain));
}
