import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

const PLACEHOLDER = 'self.__WB_MANIFEST';

/** Files that the app needs offline, in addition to those that the document references. */
const REQUIRED = ['index.html', 'manifest.webmanifest', 'bases/index.json'];

/** Large files that few people need: the service worker keeps them when they are first used. */
const ON_DEMAND = [/^assets\/h5wasm-[\w-]{8}\.js$/];

/** Names to which the build adds a hash of the content. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Replaces `self.__WB_MANIFEST` by the list of all files that the app keeps for offline use, from
 * the installation on or, with `onDemand`, from their first use on, each with its SHA-384, so that the response of a captive portal or a broken server is never cached. URLs are
 * relative to the service worker, so that the app can be served from any folder.
 *
 * @param {string} folder with the built app
 * @returns {import('rollup').Plugin}
 */
export function precacheManifest(folder) {
  return {
    name: 'precache-manifest',
    async renderChunk(code) {
      if (code.split(PLACEHOLDER).length !== 2) {
        this.error(`The service worker must name ${PLACEHOLDER} once`);
      }
      const entries = await keptFiles(folder);
      const listed = new Set(entries.map(({ url }) => url));
      const missing = (await requiredFiles(folder)).filter((path) => !listed.has(path));
      if (missing.length > 0) this.error(`Not in ${folder}/: ${missing.join(', ')}`);
      for (const name of ON_DEMAND) {
        if (!entries.some(({ url }) => name.test(url))) this.error(`No file is called ${name}`);
      }
      const list = JSON.stringify(entries);
      return { code: code.replace(PLACEHOLDER, () => list), map: null };
    },
  };
}

/**
 * All files of the folder that are kept for offline use, sorted by name.
 *
 * @param {string} folder
 */
async function keptFiles(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .filter(isForOffline)
    .sort();
  return Promise.all(
    paths.map(async (path) => {
      const hash = createHash('sha384').update(await readFile(join(folder, path)));
      const digest = hash.digest('base64');
      const revision = HASHED.test(path) ? null : digest.slice(0, 16);
      const onDemand = ON_DEMAND.some((name) => name.test(path));
      const entry = { url: path, revision, integrity: `sha384-${digest}` };
      return onDemand ? { ...entry, onDemand } : entry;
    }),
  );
}

/** @param {string} path from the folder, with slashes */
function isForOffline(path) {
  // The two service workers, and files that are for the host or for developers.
  if (['sw.js', 'kill-switch.js', '_headers'].includes(path) || path.endsWith('.map')) return false;
  // Browsers show these only once, before the app is installed.
  if (path.startsWith('screenshots/')) return false;
  // The learning worker caches the weights itself, and verifies each file by its SHA-256.
  return !path.startsWith('bases/') || /^bases\/(index|[^/]+\/spec)\.json$/.test(path);
}

/** @param {string} folder */
async function requiredFiles(folder) {
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:href|src)="\.\/([^"#?]+)"/g)].map(([, path]) => path);
  const index = await readFile(join(folder, 'bases/index.json'), 'utf8');
  const specs = JSON.parse(index).bases.map((id) => `bases/${id}/spec.json`);
  return [...REQUIRED, ...named, ...specs];
}
