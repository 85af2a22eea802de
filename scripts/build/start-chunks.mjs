import { basename, resolve } from 'node:path';

/** The pages beside the first one, Capture. */
const LATER_PAGES = ['live', 'photos', 'train', 'models', 'settings'];
const pageFile = (/** @type {string} */ page) => `src/pages/${page}/${page}-page.ts`;

/** What is loaded at once, by name: source files. */
const STARTS = {
  main: ['src/main.ts'],
  firstPage: ['src/app/app-shell.ts', pageFile('capture')],
  live: [pageFile('live')],
  otherPages: ['train', 'models', 'settings'].map(pageFile),
  worker: ['src/learning/worker/worker.ts'],
  executor: ['src/learning/network/planned-network.ts'],
  thread: ['src/learning/network/wasm/thread-worker.ts'],
  prepare: ['src/photos/import/prepare-worker.ts'],
};

/**
 * Chunks of what is loaded together, in order: a module belongs to the first of them whose `of` all
 * import it and whose `notOf` do not. Whatever loads one of them needs most of it.
 *
 * @type {readonly { name: string; of: string[]; notOf: string[] }[]}
 */
const CHUNKS = [
  { name: 'language', of: ['main', 'worker'], notOf: [] },
  { name: 'everywhere', of: ['firstPage', 'worker', 'prepare'], notOf: ['main'] },
  { name: 'shell-and-worker', of: ['firstPage', 'worker'], notOf: ['main', 'prepare', 'thread'] },
  {
    name: 'shell-and-workers',
    of: ['firstPage', 'workers'],
    notOf: ['main', 'worker', 'prepare', 'thread'],
  },
  { name: 'squares', of: ['worker', 'prepare'], notOf: ['firstPage'] },
  { name: 'pages-and-worker', of: ['worker', 'live'], notOf: ['firstPage', 'prepare'] },
  { name: 'files', of: ['twoPages', 'workers'], notOf: ['main', 'firstPage', 'worker'] },
  { name: 'page-parts', of: ['twoPages'], notOf: ['main', 'firstPage', 'workers'] },
  { name: 'engine-parts', of: ['worker', 'otherPages'], notOf: ['firstPage', 'live', 'prepare'] },
  // Rollup would join them to a chunk of the worker, which a page would then load.
  {
    name: 'leaves',
    of: ['leaves', 'anyPage', 'workers'],
    notOf: ['firstPage', 'worker', 'prepare'],
  },
  { name: 'engine', of: ['worker'], notOf: ['anyPage', 'prepare', 'entries'] },
  { name: 'run-units', of: ['executor', 'thread'], notOf: ['worker'] },
  { name: 'executor', of: ['executor'], notOf: ['worker', 'thread', 'firstPage'] },
];

/**
 * Puts modules that are loaded together into one chunk. Otherwise Rollup makes a small chunk for each
 * set of pages and workers that share a module, and each costs milliseconds of its own: the first
 * page would wait for a dozen of them, the first answer for eighty. `first-page` has what the shell
 * and the app's first page import, unless the entry or a worker does, because a worker must not load
 * a page.
 *
 * @returns {import('rollup').GetManualChunk}
 */
export function startChunks() {
  /** @type {Map<string, string> | undefined} */
  let names;
  return (id, { getModuleIds, getModuleInfo }) =>
    (names ??= chunkNames([...getModuleIds()], getModuleInfo)).get(id);
}

/**
 * @param {readonly string[]} ids of all modules
 * @param {import('rollup').GetModuleInfo} getModuleInfo
 * @returns {Map<string, string>} the chunk of each module that is in one of these
 */
function chunkNames(ids, getModuleInfo) {
  const of = (/** @type {readonly string[]} */ from, dynamically = false) =>
    reached(from, getModuleInfo, dynamically);
  const starts = Object.fromEntries(
    Object.entries(STARTS).map(([name, files]) => [name, of(files.map((file) => resolve(file)))]),
  );
  const workers = ids.filter((id) => getModuleInfo(id)?.isEntry && /worker/.test(basename(id)));
  starts['workers'] = of(workers, true);
  starts['entries'] = new Set(workers);
  starts['anyPage'] = of([resolve('src/main.ts')], true);
  // What at least two of the pages beside the first one import.
  const pages = LATER_PAGES.map((page) => of([resolve(pageFile(page))]));
  const isInTwo = (/** @type {string} */ id) => pages.filter((page) => page.has(id)).length > 1;
  starts['twoPages'] = new Set(ids.filter(isInTwo));
  starts['leaves'] = leaves(ids, getModuleInfo);
  const names = new Map();
  for (const id of ids) {
    const isIn = (/** @type {string} */ start) => starts[start]?.has(id) ?? false;
    if (isIn('firstPage') && !isIn('main') && !isIn('workers')) names.set(id, 'first-page');
    const chunk = CHUNKS.find((each) => each.of.every(isIn) && !each.notOf.some(isIn));
    if (chunk && !names.has(id)) names.set(id, chunk.name);
  }
  return names;
}

/** More code of a module, in bytes, is a chunk of its own: a page may not need it. */
const LEAF_BYTES = 4000;

/**
 * The small modules of the app that import no others than these.
 *
 * @param {readonly string[]} ids of all modules
 * @param {import('rollup').GetModuleInfo} getModuleInfo
 */
function leaves(ids, getModuleInfo) {
  const found = new Set();
  const isLeaf = (/** @type {string} */ id) => {
    const { code, importedIds, dynamicallyImportedIds } = getModuleInfo(id);
    const imported = [...importedIds, ...dynamicallyImportedIds];
    return (code?.length ?? 0) <= LEAF_BYTES && imported.every((each) => found.has(each));
  };
  const waiting = new Set(ids.filter((id) => !id.includes('node_modules')));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const id of waiting) if (!found.has(id) && isLeaf(id)) found.add(id);
  }
  return found;
}

/**
 * The given modules and all modules that they import, directly or indirectly.
 *
 * @param {readonly string[]} from
 * @param {import('rollup').GetModuleInfo} getModuleInfo
 * @param {boolean} dynamically whether to follow `import()` too
 */
function reached(from, getModuleInfo, dynamically) {
  const found = new Set(from);
  for (const id of found) {
    const info = getModuleInfo(id);
    for (const imported of info?.importedIds ?? []) found.add(imported);
    if (dynamically) for (const imported of info?.dynamicallyImportedIds ?? []) found.add(imported);
  }
  return found;
}
