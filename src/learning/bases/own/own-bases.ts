import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { announce } from '../../../storage/changes.ts';
import { write } from '../../../storage/database.ts';
import { getSetting } from '../../../storage/settings.ts';
import {
  damagedOwnBase,
  deleteBaseFiles,
  deleteOtherBaseFiles,
  cacheBaseFile,
  cachedBaseFile,
} from '../base-files.ts';
import { deleteFeaturesOfBase } from '../../features/delete-features.ts';
import type { BaseSpec, LocatedBase } from '../../../records/base-spec.ts';

/**
 * The bases that the user added. Their files are in the cache of bases, their specs in the
 * database.
 */
export async function listOwnBases(basesUrl: string): Promise<LocatedBase[]> {
  return ((await getSetting('ownBases')) ?? []).map((spec) => locate(spec, basesUrl));
}

/**
 * Stores a base: first its files and then its spec. Adding a damaged base again repairs it.
 *
 * @param files bytes by path; they match the hashes in the spec
 * @throws Problem `quota` when there is not enough space; files of a new base are deleted then, a
 *   base that was already stored stays
 */
export function saveOwnBase(
  spec: BaseSpec,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  basesUrl: string,
): Promise<void> {
  return withLock(async () => {
    const base = locate(spec, basesUrl);
    const isNew = !(await listOwnBases(basesUrl)).some((each) => each.spec.id === spec.id);
    try {
      for (const file of spec.files) await cacheBaseFile(base, file, files.get(file.path)!);
      await storeSpec(spec);
    } catch (thrown) {
      if (isNew) await deleteBaseFiles(base).catch(() => undefined);
      if (thrown instanceof Problem) throw thrown;
      throw new Problem(
        'quota',
        msg('There is no room to keep this base model. Free some space and try again.'),
        { cause: thrown },
      );
    }
  });
}

/**
 * The checked files of a base, in the order of its spec.
 *
 * @throws Problem `base` when a file is corrupt or missing, or there is no such base
 */
export async function ownBaseFiles(id: string, basesUrl: string): Promise<ArrayBuffer[]> {
  const base = (await listOwnBases(basesUrl)).find(({ spec }) => spec.id === id);
  if (!base) throw new Problem('base', msg('That base model is no longer there.'));
  return Promise.all(
    base.spec.files.map(async (file) => {
      const bytes = await cachedBaseFile(base, file);
      if (!bytes) throw damagedOwnBase(base, file);
      return bytes;
    }),
  );
}

/**
 * Deletes a base, its files, the features computed with it, and the setting if it was the chosen
 * base. Does nothing if there is no such base.
 *
 * @throws Problem when the storage fails
 */
export function removeOwnBase(id: string, basesUrl: string): Promise<void> {
  return withLock(async () => {
    const base = (await listOwnBases(basesUrl)).find(({ spec }) => spec.id === id);
    if (!base) return;
    await deleteSpec(id);
    await deleteBaseFiles(base);
    await deleteFeaturesOfBase(id);
  });
}

/**
 * Deletes files that belong to no stored base, because adding or removing it was interrupted.
 *
 * @throws Problem when the storage fails
 */
export function sweepOwnBases(basesUrl: string): Promise<void> {
  return withLock(async () => {
    await deleteOtherBaseFiles(ownFolder(basesUrl), await listOwnBases(basesUrl));
  });
}

/**
 * Files and specs change under one lock, so that no tab sweeps files that another is about to
 * store.
 */
function withLock(work: () => Promise<void>): Promise<void> {
  return navigator.locks.request('purrceptron-own-bases', work);
}

/** The address of a folder that exists only in the cache, not on the server. */
function ownFolder(basesUrl: string): string {
  return new URL('own/', basesUrl).href;
}

function locate(spec: BaseSpec, basesUrl: string): LocatedBase {
  return { spec, url: new URL(`${encodeURIComponent(spec.id)}/`, ownFolder(basesUrl)).href };
}

/** Reads and writes in one transaction, so that two tabs do not overwrite each other's change. */
async function storeSpec(spec: BaseSpec): Promise<void> {
  await write(['settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    const specs = ((await store.get('ownBases')) ?? []) as readonly BaseSpec[];
    await store.put([...specs.filter(({ id }) => id !== spec.id), spec], 'ownBases');
  });
  announce('settings');
}

async function deleteSpec(id: string): Promise<void> {
  await write(['settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    const specs = ((await store.get('ownBases')) ?? []) as readonly BaseSpec[];
    const others = specs.filter((spec) => spec.id !== id);
    await store.put(others, 'ownBases');
    if ((await store.get('baseId')) !== id) return;
    await Promise.all([store.delete('baseId'), store.delete('inputSize')]);
  });
  announce('settings');
}
