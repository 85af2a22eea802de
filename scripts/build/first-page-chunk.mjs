import { basename, resolve } from 'node:path';

/**
 * Puts all modules that the shell and the app's first page import into one chunk, `first-page`.
 * Otherwise Rollup makes a small chunk for each set of pages that share a module, and a first visit
 * waits for a dozen of them. Modules that the entry or a worker imports are excluded, because a
 * worker must not load a page.
 *
 * @param {readonly string[]} sources of the shell and the first page
 * @returns {import('rollup').GetManualChunk}
 */
export function firstPageChunk(sources) {
  /** @type {Set<string> | undefined} */
  let modules;
  return (id, { getModuleIds, getModuleInfo }) => {
    if (!modules) {
      const entries = [...getModuleIds()].filter((entry) => getModuleInfo(entry)?.isEntry);
      const isMain = (entry) => !/worker/.test(basename(entry));
      modules = reached(
        sources.map((source) => resolve(source)),
        getModuleInfo,
        false,
      );
      for (const other of [
        ...reached(entries.filter(isMain), getModuleInfo, false),
        ...reached(
          entries.filter((entry) => !isMain(entry)),
          getModuleInfo,
          true,
        ),
      ]) {
        modules.delete(other);
      }
    }
    return modules.has(id) ? 'first-page' : undefined;
  };
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
