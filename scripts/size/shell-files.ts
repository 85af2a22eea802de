import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The links that a browser follows while it loads the page. */
const LOADED =
  /<(?:script|link rel="(?:stylesheet|modulepreload|manifest|icon)")[^>]* (?:src|href)="\.\/([^"]+)"/g;

/**
 * The files of the shell, which a phone loads before it shows the shutters of the camera: the
 * document and the files that it references, which are the entry, the chunks of the shell and of
 * Capture, the stylesheet, the manifest and the icon. An end-to-end test (test/e2e/shell.spec.ts)
 * checks that a browser loads nothing else.
 *
 * @param dir the folder of the built app
 * @returns paths relative to that folder, such as `assets/main-12345678.js`
 */
export async function shellFiles(dir: string): Promise<string[]> {
  const html = await readFile(join(dir, 'index.html'), 'utf8');
  return ['index.html', ...[...html.matchAll(LOADED)].map(([, path]) => path!)];
}
