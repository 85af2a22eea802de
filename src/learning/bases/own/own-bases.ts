import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { announce } from '../../../storage/changes.ts';
import { write } from '../../../storage/database.ts';
import { getSetting } from '../../../storage/settings.ts';
import {
  damagedOwn,
  dropBaseFiles,
  dropOtherFiles,
  cacheBaseFile,
  cachedBaseFile,
} from '../base-files.ts';
import { deleteFeaturesOfBase } from '../../features/delete-features.ts';
import type { BaseSpec, LocatedBase } from '../../../records/base-spec.ts';

/** The bases that the person added: files in the cache of bases, specs in the database. */
export async function listOwnBases(basesUrl: string): Promise<LocatedBase[]> {
  return ((await getSetting('ownBases')) ?? []).map((spec) => locate(spec, basesUrl));
}

/**
 * Keeps a base: first its files, then, when they are all there, its spec; adding one again mends it.
 *
 * @param files bytes by path, those that the spec's hashes were made of
 * @throws Problem `quota` when there is no room; what was kept before stays, and nothing else does
 */
export function saveOwnBase(
  spec: BaseSpec,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  basesUrl: string,
): Promise<void> {
  return alone(async () => {
    const base = locate(spec, basesUrl);
    const isNew = !(await listOwnBases(basesUrl)).some((each) => each.spec.id === spec.id);
    try {
      for (const file of spec.files) await cacheBaseFile(base, file, files.get(file.path)!);
      await keepSpec(spec);
    } catch (thrown) {
      if (isNew) await dropBaseFiles(base).catch(() => undefined);
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
 * The files of a base, in the order of its spec, each checked.
 *
 * @throws Problem `base` when one of them is damaged or gone, or there is no such base
 */
export async function ownBaseFiles(id: string, basesUrl: string): Promise<ArrayBuffer[]> {
  const base = (await listOwnBases(basesUrl)).find(({ spec }) => spec.id === id);
  if (!base) throw new Problem('base', msg('That base model is no longer there.'));
  return Promise.all(
    base.spec.files.map(async (file) => {
      const bytes = await cachedBaseFile(base, file);
      if (!bytes) throw damagedOwn(base, file);
      return bytes;
    }),
  );
}

/**
 * Forgets a base, its files, what was computed with it, and that it was chosen; one that is not there
 * is no fault.
 *
 * @throws Problem of storage
 */
export function removeOwnBase(id: string, basesUrl: string): Promise<void> {
  return alone(async () => {
    const base = (await listOwnBases(basesUrl)).find(({ spec }) => spec.id === id);
    if (!base) return;
    await forgetSpec(id);
    await dropBaseFiles(base);
    await deleteFeaturesOfBase(id);
  });
}

/**
 * Deletes files that belong to no base: of one whose adding, or whose removing, ended in the middle.
 *
 * @throws Problem of storage
 */
export function sweepOwnBases(basesUrl: string): Promise<void> {
  return alone(async () => {
    await dropOtherFiles(ownFolder(basesUrl), await listOwnBases(basesUrl));
  });
}

/** Files and specs change together: no tab sweeps what another is about to keep. */
function alone(work: () => Promise<void>): Promise<void> {
  return navigator.locks.request('purrceptron-own-bases', work);
}

/** A folder that the server does not have: only the cache answers for it. */
function ownFolder(basesUrl: string): string {
  return new URL('own/', basesUrl).href;
}

function locate(spec: BaseSpec, basesUrl: string): LocatedBase {
  return { spec, url: new URL(`${encodeURIComponent(spec.id)}/`, ownFolder(basesUrl)).href };
}

/** In one transaction, so that two tabs do not undo each other's. */
async function keepSpec(spec: BaseSpec): Promise<void> {
  await write(['settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    const specs = ((await store.get('ownBases')) ?? []) as readonly BaseSpec[];
    await store.put([...specs.filter(({ id }) => id !== spec.id), spec], 'ownBases');
  });
  announce('settings');
}

async function forgetSpec(id: string): Promise<void> {
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
