import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, generate, walk } from 'css-tree';
import { build, transform } from 'esbuild';
import { SYNTAX_TARGETS } from './least-versions.mjs';

const PREFIX = 'page-parts:';
const THEME = 'src/app/theme.css';

/**
 * `import { markup, style, script } from 'page-parts:./main.ts'` gives the parts of a page of its
 * own as texts: `page.html` and `page.css` beside the file, and the file with all that it imports as
 * one classic script. They are declared for TypeScript in src/modules.d.ts.
 *
 * @returns {import('rollup').Plugin}
 */
export function pageParts() {
  return {
    name: 'page-parts',
    async resolveId(source, importer) {
      if (!source.startsWith(PREFIX)) return null;
      const resolved = await this.resolve(source.slice(PREFIX.length), importer);
      return resolved && `\0${PREFIX}${resolved.id}`;
    },
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      return partsModule(await makePageParts(id.slice(PREFIX.length + 1)));
    },
  };
}

/**
 * The module that exports the parts.
 *
 * @param {Record<string, string>} parts
 */
export function partsModule(parts) {
  const named = Object.entries(parts).map(
    ([name, text]) => `export const ${name} = ${JSON.stringify(text)};`,
  );
  return named.join('\n');
}

/**
 * The parts of a page.
 *
 * @param {string} entry path of the script's entry
 */
export async function makePageParts(entry) {
  const folder = dirname(entry);
  const [html, css, theme] = await Promise.all(
    [join(folder, 'page.html'), join(folder, 'page.css'), THEME].map((file) =>
      readFile(file, 'utf8'),
    ),
  );
  const [bundle, style] = await Promise.all([
    build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      target: SYNTAX_TARGETS,
      charset: 'utf8',
      legalComments: 'none',
    }),
    transform(variablesOf(theme) + css, { loader: 'css', minify: true, target: SYNTAX_TARGETS }),
  ]);
  return {
    markup: html.replace(/>\s+</g, '><').replace(/\s+/g, ' ').trim(),
    style: style.code.trim(),
    script: bundle.outputFiles[0].text.trim(),
  };
}

/**
 * The rules of the app's theme that give its variables their values.
 *
 * @param {string} theme
 */
function variablesOf(theme) {
  const sheet = parse(theme);
  walk(sheet, {
    visit: 'Rule',
    enter(rule, item, list) {
      const selector = generate(rule.prelude);
      if (selector !== ':root' && selector !== '[dir=rtl]') list.remove(item);
    },
  });
  return generate(sheet);
}
