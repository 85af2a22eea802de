import { rm } from 'node:fs/promises';

/**
 * Empties a folder before the build writes to it.
 *
 * @param {string} folder
 * @returns {import('rollup').Plugin}
 */
export function cleanFolder(folder) {
  return {
    name: 'clean-folder',
    buildStart: () => rm(folder, { recursive: true, force: true }),
  };
}
