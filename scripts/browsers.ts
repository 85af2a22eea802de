import { readFile } from 'node:fs/promises';
import { filesIn } from './fingerprint.ts';
import { cssTemplates, unsupportedCss } from './browsers/unsupported-css.mjs';

/**
 * `npm run check:browsers`: compares every style sheet, and every css`…` in a script, with the least
 * versions of scripts/build/least-versions.mjs. Scripts themselves are compared by ESLint.
 */
const files = (await filesIn('src')).filter((path) => /\.(?:css|ts)$/.test(path)).sort();
let count = 0;
for (const path of files) {
  const source = await readFile(path, 'utf8');
  const sheets: readonly { css: string; line: number }[] = path.endsWith('.css')
    ? [{ css: source, line: 1 }]
    : cssTemplates(source);
  for (const { css, line } of sheets) {
    for (const { feature, browsers, ...found } of unsupportedCss(css)) {
      count++;
      console.error(`${path}:${line + found.line - 1}: ${feature} needs ${browsers.join(', ')}`);
    }
  }
}
if (count > 0) {
  console.error(
    '\nWrite it without, or put it into @supports, with a style for browsers that lack it.',
  );
  process.exitCode = 1;
} else {
  console.log('Every style sheet holds to the least versions.');
}
