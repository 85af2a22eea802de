import { basename, resolve } from 'node:path';

/**
 * Puts into one chunk, `first-page`, all that the shell and the page import which the app opens with:
 * Rollup would make a small chunk for each set of pages that share a module, and a first visit would
 * wait for a dozen. What the entry or a worker imports stays where it is: no worker may load a page.
 *
 * @param {readonly string[]} sources of the shell and that page
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
 * The modules themselves, and all that they import, `dynamically` too if that is said.
 *
 * @param {readonly string[]} from
 * @param {import('rollup').GetModuleInfo} getModuleInfo
 * @param {boolean} dynamically
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
