import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { integrityOf, precacheList } from '../fixtures/precache-list.ts';

const CHUNK = /-[\w-]{8}\.js$/;

/**
 * Publishes a version in which every chunk has another name, as a build does after a change in all
 * of them. The service worker comes last, as on a real host, and lists the new names and hashes.
 */
export async function publishRenamed(dir: string): Promise<void> {
  const assets = join(dir, 'assets');
  const chunks = (await readdir(assets)).filter((name) => CHUNK.test(name));
  const newNames = new Map(chunks.map((name) => [name, newName(name)]));
  const renamed = (text: string) =>
    text.replace(/[\w.-]+-[\w-]{8}\.js(?!\.map)/g, (name) => newNames.get(name) ?? name);

  const integrity = new Map<string, string>();
  const publish = async (path: string) => {
    const text = renamed(await readFile(join(dir, path), 'utf8'));
    await writeFile(join(dir, path), text);
    if (renamed(path) !== path) await rename(join(dir, path), join(dir, renamed(path)));
    integrity.set(renamed(path), integrityOf(Buffer.from(text)));
  };
  const listed = await precacheList(dir);
  for (const name of chunks) await publish(`assets/${name}`);
  await publish('index.html');

  let script = renamed(await readFile(join(dir, 'sw.js'), 'utf8'));
  for (const { url, revision, integrity: before } of listed) {
    const after = integrity.get(renamed(url));
    if (after === undefined) continue;
    script = script.replace(before, () => after);
    if (revision !== null) script = script.replace(revision, () => after.slice(7, 23));
  }
  await writeFile(join(dir, 'sw.js'), script);
}

/** Another name of the same length. */
function newName(name: string): string {
  return name.replace(CHUNK, (hash) => `-${hash.at(1) === '0' ? '1' : '0'}${hash.slice(2)}`);
}
