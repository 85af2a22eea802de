import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes `index.html` from a template: `<script src="./main.ts">` becomes the entry chunk, with a
 * `modulepreload` for each chunk that it waits for, and each stylesheet beside the
 * template a hashed file. Addresses stay relative, so the app serves from any folder.
 *
 * @param {string} template
 * @returns {import('rollup').Plugin}
 */
export function htmlPage(template) {
  return {
    name: 'html-page',
    buildStart() {
      this.addWatchFile(template);
    },
    async generateBundle(_options, bundle) {
      let html = await readFile(template, 'utf8');
      for (const [, href] of html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
        const source = await readFile(join(dirname(template), href));
        const reference = this.emitFile({ type: 'asset', name: basename(href), source });
        html = html.replace(`"${href}"`, `"./${this.getFileName(reference)}"`);
      }
      const entry = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.isEntry && file.name === 'main',
      );
      if (entry?.type !== 'chunk') return this.error('No entry chunk');
      // What the entry waits for, and the app itself, which src/main.ts imports once it knows the
      // language; the harness has none.
      const app = Object.values(bundle).find(
        (file) =>
          file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith('/app/app-shell.ts')),
      );
      const ofApp = app?.type === 'chunk' ? [app.fileName, ...app.imports] : [];
      const waitedFor = new Set([...entry.imports, ...ofApp]);
      waitedFor.delete(entry.fileName);
      const preloads = [...waitedFor].map(
        (file) => `<link rel="modulepreload" href="./${file}" />`,
      );
      html = html
        .replace('</head>', `  ${preloads.join('\n    ')}\n  </head>`)
        .replace('src="./main.ts"', `src="./${entry.fileName}"`);
      this.emitFile({ type: 'asset', fileName: 'index.html', source: html });
    },
  };
}
