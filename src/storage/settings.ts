import { announce } from './changes.ts';
import { read, write } from './database.ts';
import type { Settings } from './schema.ts';

export async function getSetting<Key extends keyof Settings>(
  key: Key,
): Promise<Settings[Key] | undefined> {
  const value = await read(['settings'], (transaction) =>
    transaction.objectStore('settings').get(key),
  );
  return value as Settings[Key] | undefined;
}

export async function setSetting<Key extends keyof Settings>(
  key: Key,
  value: Settings[Key],
): Promise<void> {
  await write(['settings'], (transaction) => transaction.objectStore('settings').put(value, key));
  announce('settings');
}
