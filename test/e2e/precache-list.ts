import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as the built service worker lists it. */
interface PrecacheEntry {
  readonly url: string;
  /** null where the name has a hash of the content in it. */
  readonly revision: string | null;
  readonly integrity: string;
}

const ENTRY = /\{url:"([^"]+)",revision:(?:null|"([^"]+)"),integrity:"([^"]+)"\}/g;

/** What the service worker of a built folder keeps for offline use. */
export async function precacheList(dir: string): Promise<PrecacheEntry[]> {
  const script = await readFile(join(dir, 'sw.js'), 'utf8');
  return [...script.matchAll(ENTRY)].map(([, url = '', revision = null, integrity = '']) => ({
    url,
    revision,
    integrity,
  }));
}

/** As the attribute `integrity` of a script has it. */
export function integrityOf(bytes: Buffer): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** Makes a newer version of a built folder: one of its files changes, and the service worker. */
export async function publishChange(
  dir: string,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const entry = (await precacheList(dir)).find(({ url }) => url === path);
  if (!entry?.revision) throw new Error(`${path} is not precached by its revision`);
  const bytes = Buffer.from(change(await readFile(join(dir, path), 'utf8')));
  const integrity = integrityOf(bytes);
  const script = await readFile(join(dir, 'sw.js'), 'utf8');
  await writeFile(join(dir, path), bytes);
  await writeFile(
    join(dir, 'sw.js'),
    script
      .replaceAll(`"${entry.integrity}"`, () => `"${integrity}"`)
      .replaceAll(`"${entry.revision}"`, () => `"${integrity.slice(7, 23)}"`),
  );
}
