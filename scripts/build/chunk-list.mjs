import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';

/**
 * Writes facts about each chunk of the build, for `npm run size`; see `Chunk` in
 * scripts/size/groups.ts.
 *
 * @param {string} path of the JSON file
 * @returns {import('rollup').Plugin}
 */
export function chunkList(path) {
  return {
    name: 'chunk-list',
    async writeBundle(_options, bundle) {
      const chunks = Object.values(bundle)
        .filter((file) => file.type === 'chunk')
        .map(({ fileName, name, isEntry, imports, dynamicImports, modules }) => ({
          file: fileName,
          name,
          isEntry,
          imports,
          dynamicImports,
          packages: packageBytes(modules),
          pages: Object.keys(modules)
            .map((id) => /^(.+)-page\.ts$/.exec(basename(id))?.[1])
            .filter((page) => page !== undefined),
        }));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(chunks, undefined, 1)}\n`);
    },
  };
}

/**
 * The size of the code in bytes, before minification, by npm package or by folder of src/.
 *
 * @param {Record<string, import('rollup').RenderedModule>} modules
 */
function packageBytes(modules) {
  const bytes = {};
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    const path = relative('.', id.replace(/^\0(?:[\w-]+:)?/, '').replace(/\?.*$/, ''));
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? dirname(path);
    bytes[name] = (bytes[name] ?? 0) + renderedLength;
  }
  return bytes;
}
