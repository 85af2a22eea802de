import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The links that a browser follows while it loads the page. */
const LOADED =
  /<(?:script|link rel="(?:stylesheet|modulepreload|manifest|icon)")[^>]* (?:src|href)="\.\/([^"]+)"/g;

/**
 * The shell: what a phone loads before it shows the camera's shutters. That is the document and what
 * it names: the entry, the chunks of the shell and of Capture, the stylesheet, the manifest, the icon. An
 * end-to-end test (test/e2e/shell.spec.ts) holds that a browser loads nothing else.
 *
 * @param dir of the built app
 * @returns paths from that folder, such as `assets/main-12345678.js`
 */
export async function shellFiles(dir: string): Promise<string[]> {
  const html = await readFile(join(dir, 'index.html'), 'utf8');
  return ['index.html', ...[...html.matchAll(LOADED)].map(([, path]) => path!)];
}
