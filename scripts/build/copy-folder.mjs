import { cp, stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';

/**
 * Copies the files of a folder to the output of the build, with unchanged names.
 *
 * @param {string} from
 * @param {string} to
 * @param {readonly string[]} [except] names in the folder that are not copied
 * @returns {import('rollup').Plugin}
 */
export function copyFolder(from, to, except = []) {
  return {
    name: 'copy-folder',
    async writeBundle() {
      await stat(from).catch(() => this.error(`${from}/ is missing: run \`npm run bases\` first`));
      // Hidden files, such as an unfinished base, are not copied.
      await cp(from, to, {
        recursive: true,
        filter: (source) =>
          !basename(source).startsWith('.') && !except.includes(relative(from, source)),
      });
    },
  };
}
