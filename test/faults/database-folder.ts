import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where Chromium keeps the database's log, its tables and the name of its newest manifest. */
export async function databaseFolder({ profile }: { readonly profile: string }): Promise<string> {
  const all = join(profile, 'Default', 'IndexedDB');
  const name = (await readdir(all)).find((folder) => folder.endsWith('.indexeddb.leveldb'));
  if (name === undefined) throw new Error(`No database in ${all}`);
  return join(all, name);
}
