import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Writes `index.html` from a template. `<script src="./main.ts">` becomes the entry chunk, with a
 * `modulepreload` for each chunk that it or the first page needs, so that all of them load in
 * parallel. Each stylesheet becomes a hashed file. URLs stay relative, so that the app can be
 * served from any folder.
 *
 * @param {string} template
 * @param {string} [firstPage] source file of the page that the app opens with
 * @returns {import('rollup').Plugin}
 */
export function htmlPage(template, firstPage) {
  return {
    name: 'html-page',
    async buildStart() {
      this.addWatchFile(template);
      for (const href of stylesheets(await readFile(template, 'utf8'))) {
        this.addWatchFile(join(dirname(template), href));
      }
    },
    async generateBundle(_options, bundle) {
      let html = await readFile(template, 'utf8');
      for (const href of stylesheets(html)) {
        const source = await readFile(join(dirname(template), href));
        const reference = this.emitFile({ type: 'asset', name: basename(href), source });
        html = html.replace(`"${href}"`, `"./${this.getFileName(reference)}"`);
      }
      const entry = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.isEntry && file.name === 'main',
      );
      if (entry?.type !== 'chunk') return this.error('No entry chunk');
      const page = firstPage && resolve(firstPage);
      const first = Object.values(bundle).find(
        (file) => file.type === 'chunk' && file.moduleIds.includes(page),
      );
      if (firstPage && !first) return this.error(`No chunk of ${firstPage}`);
      const opened = first?.type === 'chunk' ? [first.fileName, ...first.imports] : [];
      const preloads = [...new Set([...entry.imports, ...opened])]
        // Only chunks of this bundle: `npm run dev` bundles the packages separately.
        .filter((file) => file !== entry.fileName && file in bundle)
        .map((file) => `<link rel="modulepreload" href="./${file}" />`);
      html = html
        .replace('</head>', `  ${preloads.join('\n    ')}\n  </head>`)
        .replace('src="./main.ts"', `src="./${entry.fileName}"`);
      this.emitFile({ type: 'asset', fileName: 'index.html', source: html });
    },
  };
}

/** @param {string} html */
function stylesheets(html) {
  return [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
}
