import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The names that `hashedIcons` writes itself, so that they are not copied. */
export const ICONS = 'icons';
export const MANIFEST = 'manifest.webmanifest';

/**
 * Gives the icons names with a hash of their content, in the manifest and in `index.html`: Chrome
 * replaces the icon of an installed app only when its URL changes.
 *
 * @param {string} folder with `manifest.webmanifest` and `icons/`
 * @returns {import('rollup').Plugin}
 */
export function hashedIcons(folder) {
  return {
    name: 'hashed-icons',
    async generateBundle(_options, bundle) {
      const names = new Map();
      for (const name of await readdir(join(folder, ICONS))) {
        const source = await readFile(join(folder, ICONS, name));
        names.set(name, this.getFileName(this.emitFile({ type: 'asset', name, source })));
      }
      const withHashes = (text) =>
        text.replace(/"\.\/icons\/([^"]+)"/g, (_, name) => {
          if (!names.has(name)) this.error(`No icon ${name}`);
          return `"./${names.get(name)}"`;
        });
      const page = bundle['index.html'];
      if (page?.type !== 'asset') return this.error('No page for the icons');
      page.source = withHashes(String(page.source));
      const source = withHashes(await readFile(join(folder, MANIFEST), 'utf8'));
      this.emitFile({ type: 'asset', fileName: MANIFEST, source });
    },
  };
}
