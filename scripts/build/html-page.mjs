import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';

/**
 * Writes `index.html` from a template. `<script src="./main.ts">` becomes the entry chunk, with a
 * `modulepreload` for each chunk that it or the first page needs, so that all of them load in
 * parallel. Each stylesheet, and each plain script (`.js`), becomes a hashed file. URLs stay relative, so that the app can be
 * served from any folder.
 *
 * @param {string} template
 * @param {string} [firstPage] source file of the page that the app opens with
 * @returns {import('rollup').Plugin}
 */
export function htmlPage(template, firstPage) {
  return {
    name: 'html-page',
    async generateBundle(_options, bundle) {
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
      const preloads = new Set([...entry.imports, ...opened]);
      preloads.delete(entry.fileName);
      const html = await fillPage(template, {
        entry: entry.fileName,
        preloads: [...preloads],
        addFile: (name, source) => this.getFileName(this.emitFile({ type: 'asset', name, source })),
      });
      this.emitFile({ type: 'asset', fileName: 'index.html', source: html });
    },
  };
}

/**
 * The template with the addresses of the built files, which are relative to the page.
 *
 * @param {string} template its path
 * @param {{
 *   entry: string,
 *   preloads?: readonly string[],
 *   addFile: (name: string, source: string | Buffer) => string | Promise<string>,
 * }} built the entry chunk, the chunks to load with it, and what writes a file that the template names
 *   and returns its address
 */
export async function fillPage(template, { entry, preloads = [], addFile }) {
  let html = await readFile(template, 'utf8');
  for (const href of namedFiles(html)) {
    const path = join(dirname(template), href);
    const source = href.endsWith('.js') ? await oldScript(path) : await readFile(path);
    html = html.replace(`"${href}"`, `"./${await addFile(basename(href), source)}"`);
  }
  const links = preloads.map((file) => `<link rel="modulepreload" href="./${file}" />`);
  return html
    .replace('</head>', `  ${links.join('\n    ')}\n  </head>`)
    .replace('src="./main.ts"', `src="./${entry}"`);
}

/**
 * The style sheets and plain scripts that the template names.
 *
 * @param {string} html
 */
function namedFiles(html) {
  return [...html.matchAll(/"(\.\.?\/[\w/.-]+\.(?:css|js))"/g)].map(([, href]) => href);
}

/**
 * A script for browsers of any age, minified without newer syntax.
 *
 * @param {string} path
 */
async function oldScript(path) {
  const source = await readFile(path, 'utf8');
  const { code } = await transform(source, { minify: true, target: 'es5', charset: 'utf8' });
  return code;
}
