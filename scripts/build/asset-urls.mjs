import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKER = 'worker-url:';
const ASSET = 'asset-url:';

/**
 * `import url from 'worker-url:./worker.ts'` makes the file an entry chunk of the same build, and
 * `import url from 'asset-url:package/file.wasm'` copies the file to a hashed name. Both give the
 * URL. They are declared for TypeScript in src/modules.d.ts.
 *
 * @returns {import('rollup').Plugin}
 */
export function assetUrls() {
  return {
    name: 'asset-urls',
    async resolveId(source, importer) {
      const prefix = [WORKER, ASSET].find((known) => source.startsWith(known));
      if (!prefix) return null;
      const path = source.slice(prefix.length);
      const resolved = await this.resolve(path, importer, { skipSelf: true });
      // For a package whose `exports` hide the file, or that has no entry point for it.
      const id = resolved?.id ?? fileURLToPath(import.meta.resolve(path));
      return `\0${prefix}${id}`;
    },
    async load(id) {
      if (id.startsWith(`\0${WORKER}`)) {
        const reference = this.emitFile({ type: 'chunk', id: id.slice(WORKER.length + 1) });
        return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
      }
      if (id.startsWith(`\0${ASSET}`)) {
        const path = id.slice(ASSET.length + 1);
        const source = await readFile(path);
        const reference = this.emitFile({ type: 'asset', name: basename(path), source });
        return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
      }
      return null;
    },
  };
}
