import { announce } from './changes.ts';
import { read, write } from './database.ts';
import type { Settings } from './schema.ts';

/**
 * The stored value of one setting; undefined if it was never stored.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function getSetting<Key extends keyof Settings>(
  key: Key,
): Promise<Settings[Key] | undefined> {
  const value = await read(['settings'], (transaction) =>
    transaction.objectStore('settings').get(key),
  );
  return value as Settings[Key] | undefined;
}

/**
 * Stores some settings in one transaction, and deletes those whose value is undefined.
 *
 * @throws Problem of a StorageProblemKind
 */
export async function saveSettings(settings: {
  readonly [Key in keyof Settings]?: Settings[Key] | undefined;
}): Promise<void> {
  await write(['settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    for (const key of Object.keys(settings) as (keyof Settings)[]) {
      const value = settings[key];
      if (value === undefined) await store.delete(key);
      else await store.put(value, key);
    }
  });
  announce('settings');
}
