import type { Page } from '@playwright/test';
import { createHash } from 'node:crypto';

/**
 * SHA-256 over all that the page's origin has stored: each row of each object store, each response
 * in Cache Storage, local storage. Read without the app's own code.
 */
export async function storeHash(page: Page): Promise<{ sha256: string; rows: number }> {
  const lines = await page.evaluate(async () => {
    const hash = async (bytes: ArrayBuffer) =>
      [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].join();
    const plain = async (value: unknown): Promise<unknown> => {
      if (value instanceof ArrayBuffer) return hash(value);
      if (typeof value !== 'object' || value === null) return value;
      const parts = Object.entries(value).map(async ([key, part]) => [key, await plain(part)]);
      return (await Promise.all(parts)).sort();
    };
    const result = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error!);
        };
      });
    const lines = Object.entries(localStorage).map(String);
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([
          result(rows.getAllKeys()),
          result(rows.getAll()),
        ]);
        for (const [i, value] of values.entries()) {
          lines.push(JSON.stringify([name, store, keys[i], await plain(value)]));
        }
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request))!.arrayBuffer();
        lines.push(JSON.stringify([name, request.url, await hash(body)]));
      }
    }
    return lines.sort();
  });
  const sha256 = createHash('sha256').update(lines.join('\n')).digest('hex');
  return { sha256, rows: lines.length };
}
